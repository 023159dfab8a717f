"""The tables under a partner's forecast: what moves it, and its months."""

from typing import TYPE_CHECKING, Any

from partnerdesk.ui.screens.worths import worth_figure
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column

if TYPE_CHECKING:
    from partnerdesk.forecast.ranges import Driver
    from partnerdesk.reports.format import Formats


def driver_worth(row: "Driver") -> str:
    """The id under which the worth of what may happen is asked for; empty for new business."""
    return worth_figure(row.kind, row.id)


def driver_columns(formats: "Formats") -> list[Column]:
    """What may happen, when and how likely, what it brings and by how much it moves the result."""

    def share(value: Any) -> str:
        return formats.percent(value, 0)

    def rests(row: "Driver") -> str:
        return f"{row.rests_on}, few cases" if row.is_thin else row.rests_on

    money = formats.accounting
    return [
        Column("says", "What may happen", lambda r: r.says, kind=kinds.NAME, width=330),
        Column("day", "When", lambda r: r.day, formats.day, kinds.DATE, 104),
        Column("chance", "Chance", lambda r: r.chance, share, kinds.NUMBER, 76),
        Column("worth", "Worth", lambda r: r.worth, money, kinds.ACCOUNTING, 110, figure=driver_worth),
        Column("moves", "Moves it by", lambda r: r.moves, money, kinds.ACCOUNTING, 110, strong=True),
        Column("rests", "Chance rests on", rests, kind=kinds.MUTED, width=330),
    ]


def month_columns(formats: "Formats") -> list[Column]:
    """A month's ranges of what is earned and what becomes payable, what is committed and possible, and a pipeline."""

    def number(key: str, title: str, get: Any, *, strong: bool = False, hidden: bool = False, says: str = "") -> Column:
        kind = kinds.ACCOUNTING
        return Column(key, title, get, formats.accounting, kind, 108, strong=strong, hidden=hidden, says=says)

    return [
        Column("month", "Month", lambda r: r.period.start, formats.month, kinds.NAME, 128),
        number("p10", "Earned, P10", lambda r: r.earned.p10, says="Earned: one of ten futures stays below"),
        number("p25", "Earned, P25", lambda r: r.earned.p25, hidden=True),
        number("p50", "P50", lambda r: r.earned.p50, strong=True, says="Earned in the middle"),
        number("p75", "Earned, P75", lambda r: r.earned.p75, hidden=True),
        number("p90", "P90", lambda r: r.earned.p90, says="Earned: nine of ten futures stay below"),
        number("payable10", "Payable, P10", lambda r: r.payable.p10),
        number("payable", "P50", lambda r: r.payable.p50, strong=True, says="Payable in the middle"),
        number("payable90", "P90", lambda r: r.payable.p90, says="Payable: nine of ten futures stay below"),
        number("committed", "Committed", lambda r: r.committed, says="Earned if nothing open closes"),
        number("possible", "Possible", lambda r: r.possible, says="Earned if all that is open closes, nothing new"),
        number("pipeline", "Pipeline", lambda r: r.pipeline, says="What a weighted pipeline says"),
    ]
