"""The columns of the agenda of renewals."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from partnerdesk.ui.screens.deal_pages.chance_column import chance_column
from partnerdesk.ui.screens.deal_pages.renewal_acts import RenewalActs
from partnerdesk.ui.screens.deal_pages.renewal_words import BANDS, customer_of, risk_words
from partnerdesk.ui.screens.deal_pages.typed import amount_reader, person_reader
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column, Edit

if TYPE_CHECKING:
    from partnerdesk.queries.pipeline.deal_list import Likely
    from partnerdesk.queries.pipeline.renewal_calendar import ListedRenewal, RenewalCalendar
    from partnerdesk.reports.format import Formats


def columns(
    found: "RenewalCalendar", chances: "Mapping[str, Likely]", formats: "Formats", acts: RenewalActs
) -> list[Column]:
    """A renewal a row; in one piece because it is a list of columns."""

    def day(value: Any) -> str:
        return formats.short_day(value)

    def whole(amount: Any) -> str:
        return formats.number(amount, 0)

    def notice(row: "ListedRenewal") -> tuple[str, str] | None:
        by = row.contract.notice_by
        return None if by is None else ("warn" if row.is_notice_past else "", day(by))

    cur = found.currency
    return [
        Column("customer", "Customer", customer_of, kind=kinds.NAME, width=138),
        Column(
            "partner",
            "Partner",
            lambda r: r.contract.partner_name,
            kind=kinds.LINK,
            width=98,
            open_it=acts.open_partner,
        ),
        Column("product", "Product", lambda r: r.contract.product_name, kind=kinds.MUTED, width=120, hidden=True),
        Column("renews", "Renews", lambda r: r.contract.end, day, kinds.DATE, 64),
        Column("notice", "Notice by", notice, kind=kinds.STATUS, width=78, sort=lambda r: r.contract.notice_by),
        Column("value", f"Value, {cur}", lambda r: r.value, whole, kinds.NUMBER, 84, sums=True, edit=_value(acts)),
        Column("risk", "Risk", lambda r: risk_words(r, formats), kind=kinds.STATUS, width=178, sort=_risk_order),
        chance_column(
            chances,
            formats,
            "How likely it is renewed",
            lambda r: r.contract.probability,
            lambda r, value: acts.change(r, "probability", value),
        ),
        Column("action", "Joint action", action_words, kind=kinds.LINK, width=90, open_it=acts.open_action),
        Column("owner", "Owner", _owner, kind=kinds.STATUS, width=88, edit=_owner_edit(acts, found)),
        Column("own", "As written", _written(formats), kind=kinds.MUTED, width=110, hidden=True, search=False),
        Column("seats", "Seats", lambda r: r.contract.seats, whole, kinds.NUMBER, 70, hidden=True, sums=True),
        Column("start", "Term began", lambda r: r.contract.start, formats.day, kinds.DATE, 100, hidden=True),
        Column("id", "Id", lambda r: r.id, kind=kinds.MUTED, width=80, hidden=True),
    ]


def action_words(row: "ListedRenewal") -> str:
    """The first open action; where there is none, that one can be added."""
    if row.actions:
        return row.actions[0].text
    return "add action" if row.is_open and row.contract.partner else ""


def _risk_order(row: "ListedRenewal") -> tuple[Any, ...]:
    return (not row.is_open, [*BANDS].index(row.band), -sum(s.weight for s in row.signs), row.days)


def _owner(row: "ListedRenewal") -> tuple[str, str]:
    if row.contract.owner_name:
        return "", row.contract.owner_name
    return ("warn", "assign owner") if row.is_open else ("", "")


def _written(formats: "Formats") -> Any:
    def words(row: "ListedRenewal") -> str:
        found = row.contract
        return "" if found.recurring is None else f"{formats.amount(found.recurring, found.currency)} {found.currency}"

    return words


def _value(acts: RenewalActs) -> Edit:
    """The yearly amount as it was written, in the contract's own currency."""

    def read(typed: str) -> Any:
        words = typed.strip()
        return amount_reader(acts.formats, words[-3:] if words[-3:].isalpha() else "")(words)

    return Edit(_written(acts.formats), read, lambda r, amount: acts.change(r, "recurring", amount))


def _owner_edit(acts: RenewalActs, found: "RenewalCalendar") -> Edit:
    names = tuple(p.name for p in found.people)
    return Edit(
        lambda r: str(r.contract.owner_name),
        person_reader(found.people),
        lambda r, id: acts.assign([r], id),
        choices=names,
    )
