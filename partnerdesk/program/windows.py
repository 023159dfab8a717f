"""Windows of metrics as they are written: a phrase, or a table."""

import re
from dataclasses import replace
from typing import Any

from partnerdesk.engine.rules import Window
from partnerdesk.program import foreign
from partnerdesk.program.structure import Structure, show

_SHIFT = re.compile(r"(.*), (a year|(\d+) (month|quarter|half|year)s?) earlier")
_LENGTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_UNIT = r"(day|month|quarter|half|year)s?"
_UNIT_ONLY = r"(month|quarter|half|year|partner year|agreement year)"
_SPANS: tuple[tuple[str, str], ...] = (
    (rf"trailing (\d+) (calendar )?{_UNIT}", "trailing"),
    (rf"(\d+) (calendar )?{_UNIT} before", "before"),
    (rf"next (\d+) (calendar )?{_UNIT}", "next"),
    (rf"first (\d+) (calendar )?{_UNIT}", "first"),
)
_UNITS_ONLY = (
    (re.compile(rf"whole {_UNIT_ONLY}"), "whole"),
    (re.compile(rf"{_UNIT_ONLY} to date"), "to date"),
)
_PHRASES = (
    '"period", "trailing 12 months", "4 quarters before", "next 12 months", "first 60 days", "whole year", '
    '"year to date", "partner year to date", "ever" or "in force"'
)


def window(structure: Structure, raw: Any, path: str) -> Any:
    """A phrase such as "trailing 12 months" or "4 quarters before, a year earlier", or the table itself."""
    if isinstance(raw, dict):
        return structure.table(Window, raw, path)
    text, shift = raw if isinstance(raw, str) else "", 0
    if found := _SHIFT.fullmatch(text):
        text = found[1]
        shift = 12 if found[2] == "a year" else int(found[3]) * _LENGTHS[found[4]]
    read = _span(text)
    if read is None:
        meant = foreign.window(text)
        remedy = f'Write "{meant}".' if meant else f"Write {_PHRASES}."
        return structure.problem(path, f"{show(raw)} is not a window.", remedy)
    return replace(read, earlier_months=shift)


def _span(text: str) -> Window | None:
    if text in ("period", "ever", "in force"):
        return Window(span=text)
    for pattern, span in _UNITS_ONLY:
        if found := pattern.fullmatch(text):
            return Window(span=span, unit=found[1])
    for form, span in _SPANS:
        if found := re.fullmatch(form, text):
            return Window(span=span, length=int(found[1]), unit=found[3], is_calendar=bool(found[2]))
    return None
