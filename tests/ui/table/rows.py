"""Rows and columns of a table as the tests of tables open it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from partnerdesk.reports.format import Formats
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column, TableModel

FORMATS = Formats()


@dataclass(frozen=True)
class Row:
    id: int
    name: str
    earned: Decimal | None
    joined: date | None = None
    status: tuple[str, str] | None = None
    history: tuple[float | None, ...] = ()


ROWS = (
    Row(1, "Aegli Cloud", Decimal("4316.25"), date(2024, 3, 1), ("info", "Ready"), (1.0, 2.0)),
    Row(2, "Łużyca Systemy", Decimal("-2700.00"), None, ("blocked", "Blocked"), (2.0, None, 1.5)),
    Row(3, "AT&T <b>Labs</b>", None, date(2025, 1, 9), None, ()),
    Row(4, "Delta", Decimal("0.00"), date(2023, 7, 7), ("final", "Final v1"), (3.0,)),
)


def columns() -> list[Column]:
    return [
        Column("name", "Partner", lambda r: r.name, kind=kinds.NAME, width=180),
        Column("earned", "Earned, EUR", lambda r: r.earned, FORMATS.accounting, kinds.ACCOUNTING, sums=True),
        Column("joined", "Joined", lambda r: r.joined, FORMATS.day, kinds.DAY),
        Column("status", "Status", lambda r: r.status, kind=kinds.STATUS),
        Column("history", "8 quarters", lambda r: r.history, kind=kinds.SPARK, hidden=True),
    ]


def model() -> TableModel:
    made = TableModel(columns(), key=lambda row: row.id)
    made.set_rows(ROWS)
    return made


def names(made: TableModel) -> list[str]:
    return [row.name for row in made.rows]
