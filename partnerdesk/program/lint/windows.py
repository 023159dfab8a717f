"""Windows: lengths where there is something to measure, units that they have."""

from collections.abc import Iterator

from partnerdesk.engine.rules import Window
from partnerdesk.engine.rules.keys import OWN_YEARS
from partnerdesk.program.lint.found import Found

_LONG = ("trailing", "before", "next", "first")


def window_problems(path: str, window: Window) -> Iterator[Found]:
    """What a window cannot mean."""
    if window.span in _LONG and window.length < 1:
        yield f"{path}.length", f"a window “{window.span}” has a length.", "Write 1 or more units.", False
    if window.span not in _LONG and window.length:
        yield f"{path}.length", f"a window “{window.span}” has no length.", "Drop it.", False
    if window.span in ("whole", "to date") and window.unit == "day":
        yield f"{path}.unit", f"there is no “{window.span}” of days.", "Write month, quarter, half or year.", False
    if window.unit in OWN_YEARS and window.span not in ("whole", "to date"):
        message = f"a window “{window.span}” is not counted in years of the partner's own."
        yield f"{path}.unit", message, f'Write "whole {window.unit}" or "{window.unit} to date".', False
    if window.is_calendar and (window.span != "trailing" or window.unit == "day"):
        message = "only trailing months, quarters, halves and years are calendar ones."
        yield f"{path}.is_calendar", message, "Drop it; the word “calendar” likewise.", False
    for name in ("earlier_months", "cut_days"):
        if getattr(window, name) < 0:
            yield f"{path}.{name}", f"{name} counts back.", "Write 0 or more.", False
