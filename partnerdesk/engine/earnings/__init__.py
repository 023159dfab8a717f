"""From events to earning lines: triggers, rates, the line itself, and the limits over many lines."""
