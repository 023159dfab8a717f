"""The columns of the list of deals."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from partnerdesk.ui.screens.deal_pages.chance_column import chance_column
from partnerdesk.ui.screens.deal_pages.typed import amount_reader, person_reader, stage_reader
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column, Edit
from partnerdesk.ui.typed_day import day_reader

if TYPE_CHECKING:
    from partnerdesk.queries.pipeline.deal_list import DealList, Likely, ListedDeal
    from partnerdesk.reports.format import Formats
    from partnerdesk.ui.screens.deal_pages.deal_acts import DealActs


def columns(found: "DealList", chances: "Mapping[str, Likely]", formats: "Formats", acts: "DealActs") -> list[Column]:
    """A deal a row; in one piece because it is a list of columns."""

    def weighted(row: "ListedDeal") -> Any:
        value = chances.get(row.id)
        return None if value is None or row.amount is None else row.amount * value.value

    def whole(amount: Any) -> str:
        return formats.number(amount, 0)

    cur = found.currency
    own = formats.amount
    return [
        Column("name", "Deal", lambda r: r.deal.name or r.id, kind=kinds.NAME, width=188, edit=_text(acts, "name")),
        Column(
            "partner", "Partner", lambda r: r.deal.partner_name, kind=kinds.LINK, width=106, open_it=acts.open_partner
        ),
        Column("customer", "Customer", lambda r: r.deal.customer_name, kind=kinds.MUTED, width=150, hidden=True),
        Column("product", "Product", lambda r: r.deal.product_name, kind=kinds.MUTED, width=130, hidden=True),
        Column("stage", "Stage", lambda r: r.deal.stage, width=82, edit=_stage(acts, found)),
        Column("amount", f"Amount, {cur}", lambda r: r.amount, whole, kinds.NUMBER, 90, sums=True, edit=_amount(acts)),
        Column("own", "As written", lambda r: _written(r, own), kind=kinds.MUTED, width=110, hidden=True, search=False),
        Column("close", "Closes", lambda r: r.deal.expected_close, formats.short_day, kinds.DAY, 62, edit=_close(acts)),
        chance_column(
            chances,
            formats,
            "How likely it is won",
            lambda r: r.deal.probability,
            lambda r, value: acts.change(r, "probability", value),
        ),
        Column("weighted", f"Weighted, {cur}", weighted, whole, kinds.NUMBER, 96, hidden=True, sums=True),
        Column("state", "State", state_words, kind=kinds.STATUS, width=84, sort=_state_order),
        Column("owner", "Owner", _owner, kind=kinds.STATUS, width=104, edit=_owner_edit(acts, found)),
        Column("next", "Next step", lambda r: r.deal.next_step, width=106, edit=_text(acts, "next_step")),
        Column("kind", "Kind", lambda r: r.deal.kind, kind=kinds.MUTED, width=90, hidden=True),
        Column("role", "Partner's role", lambda r: r.deal.role, kind=kinds.MUTED, width=90, hidden=True),
        Column("created", "Created", lambda r: r.deal.created, formats.short_day, kinds.DAY, 76, hidden=True),
        Column("closed", "Closed", lambda r: r.deal.closed, formats.day, kinds.DAY, 96, hidden=True),
        Column("reason", "Lost because", lambda r: r.deal.lost_reason, kind=kinds.MUTED, width=150, hidden=True),
        Column("id", "Id", lambda r: r.id, kind=kinds.MUTED, width=80, hidden=True),
    ]


def _written(row: "ListedDeal", amount: Any) -> str:
    deal = row.deal
    return "" if deal.amount is None else f"{amount(deal.amount, deal.currency)} {deal.currency}"


def state_words(row: "ListedDeal") -> tuple[str, str]:
    """How it stands: late by so many days, slipped so often, on its way, won or lost."""
    deal = row.deal
    if deal.status != "open":
        return ("good", "Won") if deal.status == "won" else ("", "Lost")
    if row.days_late:
        return "late", f"{row.days_late} d late"
    return ("warn", f"Slipped {row.slips}\N{MULTIPLICATION SIGN}") if row.slips else ("info", "Open")


def _state_order(row: "ListedDeal") -> tuple[Any, ...]:
    return (row.deal.status != "open", -row.days_late, -row.slips, row.deal.status)


def _owner(row: "ListedDeal") -> tuple[str, str]:
    if row.deal.owner_name:
        return "", row.deal.owner_name
    return ("warn", "assign owner") if row.is_open else ("", "")


# Editing in the cell


def _text(acts: "DealActs", field: str) -> Edit:
    return Edit(lambda r: str(getattr(r.deal, field)), str.strip, lambda r, value: acts.change(r, field, value))


def _stage(acts: "DealActs", found: "DealList") -> Edit:
    return Edit(
        lambda r: str(r.deal.stage), stage_reader(), lambda r, stage: acts.move_to([r], stage), choices=found.stages
    )


def _amount(acts: "DealActs") -> Edit:
    """The amount as it was written, in the deal's own currency."""

    def text(row: Any) -> str:
        return _written(row, acts.formats.amount)

    def read(typed: str) -> tuple[Any, str]:
        words = typed.strip()
        currency = words[-3:] if words[-3:].isalpha() else ""
        return amount_reader(acts.formats, currency)(words), currency.upper()

    return Edit(text, read, acts.change_amount)


def _close(acts: "DealActs") -> Edit:
    formats = acts.formats

    def text(row: Any) -> str:
        return formats.day(row.deal.expected_close) if row.deal.expected_close is not None else ""

    return Edit(text, day_reader(acts.today, formats), lambda r, day: acts.change(r, "expected_close", day))


def _owner_edit(acts: "DealActs", found: "DealList") -> Edit:
    names = tuple(p.name for p in found.people)
    return Edit(
        lambda r: str(r.deal.owner_name), person_reader(found.people), lambda r, id: acts.assign([r], id), choices=names
    )
