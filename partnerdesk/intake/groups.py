"""Grouped reports: a value stands in the first row of its group only. Whether the blanks repeat it, the user says.

A subtotal is what gives such a report away; without one a blank cell is just a blank cell.
"""

from collections.abc import Mapping
from dataclasses import replace

from partnerdesk.intake.question import Findings, Option
from partnerdesk.intake.table import TOTAL, Table

_SEARCHED = 3
REPEAT, BLANK = "repeat", "blank"


def filled(table: Table, choices: Mapping[str, str]) -> Table:
    """The table with the groups filled down that the user chose to repeat."""
    columns = list(table.columns)
    for c, header in enumerate(table.headers):
        if choices.get(f"fill:{header}") == REPEAT:
            columns[c] = _down(columns[c])
    return replace(table, columns=tuple(columns)) if columns != list(table.columns) else table


def _down(column: tuple[str, ...]) -> tuple[str, ...]:
    above = ""
    out = []
    for cell in column:
        above = cell if cell.strip() else above
        out.append(above)
    return tuple(out)


def ask(table: Table, findings: Findings) -> None:
    """The question for each of the first columns that looks like a group."""
    if not table.ignored.get(TOTAL) or not table.count:
        return
    for c in range(min(_SEARCHED, len(table.columns))):
        column = table.columns[c]
        blank = sum(1 for cell in column if not cell.strip())
        if column[0].strip() and blank * 5 >= table.count and blank < table.count and table.words[c]:
            header = table.headers[c]
            options = (Option(REPEAT, "Repeat the value above"), Option(BLANK, "Leave them blank"))
            asks = f"Do the {blank:,} blank cells of column {header} repeat the value above?"
            findings.ask(f"fill:{header}", asks, "The table has subtotals, as grouped reports do.", options, blank)
