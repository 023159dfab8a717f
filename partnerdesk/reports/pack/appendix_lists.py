"""The two lists of the appendix that may be long: what did not count and why, and all deals."""

from collections.abc import Sequence

from partnerdesk.engine.money import decimals
from partnerdesk.reports.format import DASH, HARD_SPACE, Formats
from partnerdesk.reports.look import Role
from partnerdesk.reports.pack import words
from partnerdesk.reports.pack.appendix_wide import Wide, wide
from partnerdesk.reports.pack.data import DealLine, PackData, Uncounted
from partnerdesk.reports.page import Column, Row, Table, row

_ROW = Role(8, 11)


def uncounted_title(data: PackData) -> str:
    return f"What did not count in the {words.ordinal_period(data.period)}"


def uncounted(data: PackData, formats: Formats) -> Table:
    """What did not count with rule and remedy, at the amounts that the statements name."""
    found = data.appendix.uncounted
    named = {u.currency or data.currency for u in found if u.amount is not None}
    has_days, are_several = any(u.until for u in found), len(named) > 1
    columns = (
        Column("Deal", grow=0.5, least=14),
        Column("Customer", grow=1, least=18),
        Column("Amount" if are_several else min(named, default=data.currency), amount=True),
        Column("Why it did not count", grow=2, least=28),
        Column("Rule"),
        Column("How to fix", grow=1.5, least=20),
        *((Column("Until"),) if has_days else ()),
    )
    rows = (_uncounted(u, data.currency if are_several else "", formats, has_days=has_days) for u in found)
    return Table(columns, tuple(rows))


def _uncounted(found: Uncounted, currency: str, formats: Formats, *, has_days: bool) -> Row:
    """A row; where a `currency` is given, amounts of several stand below each other and each names its own."""
    places = decimals(found.currency) if found.currency else formats.places
    amount = "" if found.amount is None else formats.accounting(found.amount, places)
    if amount and currency:
        amount += f"{HARD_SPACE}{found.currency or currency}"
    cells = [found.deal, found.customer, amount, words.capital(found.reason), found.rule]
    cells.append(found.remedy or "Not possible")
    if has_days:
        cells.append(formats.day(found.until) if found.until else DASH)
    return row(*cells, role=_ROW)


def deals(data: PackData, formats: Formats) -> Wide | None:
    """Open deals and those closed in the period; None without a deal."""
    found = data.appendix.deals
    if not found:
        return None
    title = f"All {words.counted(len(found), 'deal')} of this pack" if len(found) > 1 else "The deal of this pack"
    head = f"Open deals, and those closed in the {words.span(data.period)}"
    return wide(title, head, Table(_columns(found, data.currency), _rows(found, formats)))


def _columns(found: Sequence[DealLine], currency: str) -> tuple[Column, ...]:
    return (
        Column("Deal", grow=0.6, least=18),
        Column("Customer", grow=2, least=40),
        Column("What", grow=2, least=40),
        Column("Stage", grow=1, least=24),
        *((Column("In the deal", right=True),) if _is_foreign(found) else ()),
        Column(f"Amount, {currency}", amount=True),
        Column("Closes or closed"),
    )


def _is_foreign(found: Sequence[DealLine]) -> bool:
    return any(deal.own is not None for deal in found)


def _rows(found: Sequence[DealLine], formats: Formats) -> tuple[Row, ...]:
    is_foreign = _is_foreign(found)
    return tuple(
        row(
            deal.deal,
            deal.customer,
            deal.what,
            deal.stage,
            *((_own(deal, formats),) if is_foreign else ()),
            "" if deal.amount is None else formats.accounting(deal.amount),
            formats.day(deal.day) if deal.day else "no date",
            role=_ROW,
        )
        for deal in found
    )


def _own(deal: DealLine, formats: Formats) -> str:
    """`27,800.00 GBP`, as the deal has it."""
    return (
        ""
        if deal.own is None
        else f"{formats.accounting(deal.own, decimals(deal.currency))}{HARD_SPACE}{deal.currency}"
    )
