"""What most people change in a program, as fields: names and dates, thresholds, weights, rates, limits, payment terms.

The fields are read off the text itself, and each knows the key it stands for, so that a form edits the text in place.
Terms that every program has (when tiers move, when it is paid, when a line may be disputed) have a field although the
text leaves them out, at what the format then says. What has no field (a new rule, a filter) is written as text.
"""

from partnerdesk.program.form.cells import CHOICE, DAY, FLAG, NUMBER, PERCENT, TEXT, Cell, Group, Row, Value
from partnerdesk.program.form.reading import form
from partnerdesk.program.form.writing import changed, quoted, written

__all__ = [
    "CHOICE",
    "DAY",
    "FLAG",
    "NUMBER",
    "PERCENT",
    "TEXT",
    "Cell",
    "Group",
    "Row",
    "Value",
    "changed",
    "form",
    "quoted",
    "written",
]
