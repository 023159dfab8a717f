"""A time of the day as people type it: 14:00, 14.30, `9`, `2 pm`, `14h30`; kept the same everywhere, as 14:00."""

import re

_TIME = re.compile(r"(\d{1,2})(?:[:.h ]?(\d{2}))?\s*(am|pm|h)?", re.IGNORECASE)


def read_time(typed: str) -> str:
    """The time as HH:MM, and nothing for nothing. Raises ValueError with what to write where it is no time."""
    text = typed.strip()
    if not text:
        return ""
    match = _TIME.fullmatch(text)
    hour, minute, half = (int(match[1]), int(match[2] or 0), (match[3] or "").lower()) if match else (99, 99, "")
    if half in ("am", "pm"):
        hour = hour % 12 + (12 if half == "pm" else 0) if 1 <= hour <= 12 else 99
    if hour > 23 or minute > 59:
        quoted = f"\N{LEFT DOUBLE QUOTATION MARK}{text}\N{RIGHT DOUBLE QUOTATION MARK}"
        raise ValueError(f"{quoted} is not a time. Write it like 14:00.")
    return f"{hour:02}:{minute:02}"
