"""How others name what this format has under another key, and what to write instead.

Somebody who comes from another format, or from a spreadsheet, writes min for at_least and aggregate for take. What
merely looks alike is a slip of the pen and is looked for elsewhere.
"""

from collections.abc import Collection

_ENDS = ("to", "until", "up_to", "upto", "till")  # where others write an end, the next entry begins
_LAST_DAYS = ("effective_to", "effective_until", "valid_to", "valid_until", "expires", "ends")
_NAMES: dict[str, tuple[str, ...]] = {
    "at_least": ("min", "minimum", "gte", "threshold"),
    "at_most": ("max", "maximum", "lte", "limit"),
    "above": ("gt", "more_than", "greater_than"),
    "below": ("lt", "less_than"),
    "least": ("min", "minimum"),
    "most": ("max", "maximum", "cap", "limit"),
    "from": ("min", "start", "floor", "threshold", "at_least"),
    "take": ("aggregate", "aggregation", "agg", "function"),
    "value": ("field", "attribute", "column"),
    "window": ("period", "timeframe"),
    "every": ("period", "frequency", "cadence", "interval"),
    "where": ("filter", "filters", "criteria"),
    "when": ("condition", "conditions", "requires", "requirement"),
    "requires": ("condition", "conditions", "criteria", "requirements", "when"),
    "if": ("cause", "reason", "trigger", "event"),
    "on": ("trigger", "event"),
    "rate": ("percent", "percentage", "commission"),
    "share": ("percent", "percentage", "portion"),
    "vests": ("vesting", "payable", "payment"),
    "says": ("label", "title", "description", "display_name"),
    "note": ("comment", "remark", "description"),
}


def instead(key: str, known: Collection[str]) -> str:
    """What to do about a key that others use here; empty where none is known."""
    if "from" in known and key in _ENDS:
        return "Drop it: each one holds up to the next one's from."
    if "effective_from" in known and key in _LAST_DAYS:
        return "Drop it: a version holds until the next one begins."
    meant = next((own for own, others in _NAMES.items() if own in known and key in others), "")
    return f"Did you mean {meant}?" if meant else ""
