"""What a draft would have moved, as a table: all partners in one total row, those it changes most first."""

from typing import TYPE_CHECKING

from partnerdesk.ui.screens.need_words import plural
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column
from partnerdesk.ui.table.view import DataTable

if TYPE_CHECKING:
    from partnerdesk.ops.programs.trials import Money
    from partnerdesk.reports.format import Formats
    from partnerdesk.ui.state import State


def money_table(formats: "Formats", state: "State", name: str, *, wide: bool) -> DataTable:
    """Partner, earned as it was, as the draft says, and the change; `wide` on a page, narrow in a dialog."""
    money = formats.accounting
    columns = [
        Column("name", "Partner", lambda r: r.name, kind=kinds.NAME, width=540 if wide else 290),
        Column("before", "Before", lambda r: r.before, money, kinds.ACCOUNTING, width=104, sums=True),
        Column("after", "After", lambda r: r.after, money, kinds.ACCOUNTING, width=104, sums=True),
        Column("change", "Change", lambda r: r.change, money, kinds.ACCOUNTING, width=104, sums=True, strong=True),
    ]
    return DataTable(
        name,
        columns,
        key=lambda r: r.partner,
        state=state,
        says="Earned by partner",
        measure="figures_row",
        full_bleed=wide,
    )


def show_money(table: DataTable, formats: "Formats", money: "Money") -> None:
    """Fill the table."""
    table.set_rows(money.rows)
    table.set_totals(
        {
            "name": f"All {plural(len(money.rows), 'partner')}",
            "before": formats.accounting(money.before),
            "after": formats.accounting(money.after),
            "change": formats.accounting(money.change),
        }
    )


def money_words(formats: "Formats", money: "Money") -> str:
    """The finding: how much more or less, in which period."""
    period = formats.period(money.period)
    if not any(row.change for row in money.rows):
        return f"Nothing would have moved in {period}"
    more = "more" if money.change >= 0 else "less"
    amount = formats.money(abs(money.change))
    moved = sum(bool(row.change) for row in money.rows)
    return f"{amount} {money.currency} {more} earned in {period}, {moved} partner{'s' if moved > 1 else ''} moved"


def money_basis(formats: "Formats", money: "Money") -> str:
    """What the comparison rests on."""
    closed = "The last closed period" if money.is_closed else "The last period that is over; none is closed yet"
    since = f"as if the draft had stood for {money.instead_of} since {formats.day(money.since)}"
    return f"{closed}, {since}; what was taken back in it is taken off."
