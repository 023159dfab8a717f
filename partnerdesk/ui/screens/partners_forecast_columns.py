"""The columns of the book's forecast: partners by what they move, and the months."""

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column

if TYPE_CHECKING:
    from partnerdesk.forecast.together import Mover
    from partnerdesk.reports.format import Formats


def mover_columns(formats: "Formats", name: Callable[[str], str]) -> list[Column]:
    """A partner's range, its part of the book's spread, and where its tier ends."""

    def amount(key: str, title: str, get: Callable[[Any], Decimal], strong: bool = False, sums: bool = False) -> Column:
        return Column(key, title, get, formats.accounting, kinds.ACCOUNTING, 108, strong=strong, sums=sums)

    def tier(mover: "Mover") -> str:
        found = mover.forecast
        if not found.tiers:
            return f"{found.tier_today or '–'} today"
        name, chance = found.tiers[0]
        return f"{name}, {formats.percent(chance, 0)}"

    return [
        Column("partner", "Partner", lambda m: name(m.partner), kind=kinds.NAME, width=210),
        amount("moves", "Moves it by", lambda m: m.moves, strong=True, sums=True),
        amount("p10", "Earned, P10", lambda m: m.forecast.whole.earned.p10),
        amount("p50", "P50", lambda m: m.forecast.whole.earned.p50, strong=True),
        amount("p90", "P90", lambda m: m.forecast.whole.earned.p90),
        amount("committed", "Committed", lambda m: m.forecast.committed, sums=True),
        amount("possible", "Possible", lambda m: m.forecast.possible, sums=True),
        amount("pipeline", "Pipeline", lambda m: m.forecast.pipeline.earned, sums=True),
        Column("tier", "Tier at the end", tier, kind=kinds.MUTED, width=130),
    ]


def month_columns(formats: "Formats") -> list[Column]:
    """A month's ranges of what is earned and what becomes payable, and what is committed and possible."""

    def amount(key: str, title: str, get: Callable[[Any], Decimal], strong: bool = False) -> Column:
        return Column(key, title, get, formats.accounting, kinds.ACCOUNTING, 112, strong=strong)

    return [
        Column("month", "Month", lambda r: r.period.start, formats.month, kinds.NAME, 128),
        amount("p10", "Earned, P10", lambda r: r.earned.p10),
        amount("p50", "P50", lambda r: r.earned.p50, strong=True),
        amount("p90", "P90", lambda r: r.earned.p90),
        amount("payable10", "Payable, P10", lambda r: r.payable.p10),
        amount("payable50", "P50", lambda r: r.payable.p50, strong=True),
        amount("payable90", "P90", lambda r: r.payable.p90),
        amount("committed", "Committed", lambda r: r.committed),
        amount("possible", "Possible", lambda r: r.possible),
        amount("pipeline", "Pipelines", lambda r: r.pipeline),
    ]
