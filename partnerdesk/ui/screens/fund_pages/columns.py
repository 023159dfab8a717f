"""The columns of the Funds page: requests with their clocks, balances, and the register of benefits."""

from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column

if TYPE_CHECKING:
    from partnerdesk.queries.funds.accounts import FundRow, RequestRow
    from partnerdesk.queries.funds.benefits import BenefitRow
    from partnerdesk.reports.format import Formats

STATES = {
    "requested": ("info", "Requested"),
    "approved": ("good", "Approved"),
    "claimed": ("late", "Claimed, proof due"),
    "proven": ("info", "Proven, to be paid"),
    "paid": ("final", "Reimbursed"),
    "denied": ("blocked", "Denied"),
    "lapsed": ("blocked", "Lapsed"),
}
BENEFITS = {
    "standing": ("good", "Holds with the tier"),
    "delivered": ("good", "Delivered"),
    "due": ("late", "To be delivered"),
    "late": ("bad", "Late"),
}
BALANCES = (
    ("issued", "Issued"),
    ("available", "Available"),
    ("requested", "Requested"),
    ("approved", "Approved"),
    ("claimed", "Claimed"),
    ("paid", "Reimbursed"),
    ("expired", "Expired"),
)


def request_columns(formats: "Formats", open_partner: Callable[[Any], object]) -> list[Column]:
    """A request a row: what it is for, what is open of it, and what is due when."""
    money = formats.accounting
    return [
        Column("partner", "Partner", lambda r: r.partner_name, kind=kinds.NAME, width=164, open_it=open_partner),
        Column("project", "Joint project", lambda r: r.project or r.activity, width=170),
        Column("state", "State", lambda r: STATES[r.state], kind=kinds.STATUS, width=152),
        Column("due", "Next step", lambda r: _due(r, formats), kind=kinds.STATUS, width=132, sort=_due_order),
        Column("requested", "Requested", lambda r: r.requested, money, kinds.ACCOUNTING, 88),
        Column("approved", "Approved", lambda r: r.approved, money, kinds.ACCOUNTING, 84),
        Column("claimed", "Claimed", lambda r: r.claimed, money, kinds.ACCOUNTING, 84),
        Column("paid", "Reimbursed", lambda r: r.paid, money, kinds.ACCOUNTING, 94),
        Column("currency", "Currency", lambda r: r.currency, kind=kinds.MUTED, width=84),
        Column("result", "Result", lambda r: r.result, width=80),
        Column("fund", "Fund", lambda r: r.fund_says, kind=kinds.MUTED, width=160, hidden=True),
        Column("proof", "Proof", lambda r: r.evidence or r.proof, kind=kinds.MUTED, width=120, hidden=True),
        Column("approver", "Decided by", lambda r: r.approver, kind=kinds.MUTED, width=120, hidden=True),
        Column("id", "Number", lambda r: r.id, kind=kinds.MUTED, width=90, hidden=True),
    ]


def _due(row: "RequestRow", formats: "Formats") -> tuple[str, str]:
    """What is due and when, with the glyph of how much it presses."""
    if row.due is None or row.days_left is None:
        return "", ""
    words = f"{row.due_for.capitalize()}, {formats.short_day(row.due)}"
    if row.days_left < 0:
        return "bad", f"{words}, {-row.days_left} d late"
    return ("warn" if row.days_left <= 14 else "", words)


def _due_order(row: "RequestRow") -> tuple[bool, str]:
    return row.due is None, row.due.isoformat() if row.due else ""


def fund_columns(formats: "Formats", open_partner: Callable[[Any], object]) -> list[Column]:
    """A fund a row; every amount answers why."""

    def figure(column: str) -> Callable[[Any], str]:
        return lambda row: f"{row.partner}#fund|{row.key}|{column}"

    return [
        Column("partner", "Partner", lambda r: r.partner_name, kind=kinds.NAME, width=164, open_it=open_partner),
        Column("fund", "Fund", lambda r: r.says, width=150),
        *(
            Column(
                key,
                title,
                attrgetter(key),
                formats.accounting,
                kinds.ACCOUNTING,
                94 if key == "paid" else 84,
                strong=key == "available",
                figure=figure(key),
            )
            for key, title in BALANCES
        ),
        Column("currency", "Currency", lambda r: r.currency, kind=kinds.MUTED, width=84),
        Column("expires", "Next expiry", lambda r: _expires(r, formats), kind=kinds.STATUS, width=140),
    ]


def _expires(row: "FundRow", formats: "Formats") -> tuple[str, str]:
    if row.problems:
        return "bad", row.problems[0]
    if row.expires is None or row.expiring is None:
        return "", ""
    return "late", f"{formats.number(row.expiring, 0)} on {formats.short_day(row.expires)}"


def benefit_columns(formats: "Formats", open_partner: Callable[[Any], object]) -> list[Column]:
    """A benefit a row: who is promised it, by which tier, and whether it was delivered."""
    return [
        Column("partner", "Partner", lambda r: r.partner_name, kind=kinds.NAME, width=160, open_it=open_partner),
        Column("benefit", "Benefit", lambda r: r.benefit.says, width=196),
        Column("tier", "Tier", lambda r: r.benefit.tier, width=92),
        Column("since", "Promised since", lambda r: r.benefit.since, formats.day, kinds.DATE, 120),
        Column("state", "State", lambda r: BENEFITS[r.benefit.state], kind=kinds.STATUS, width=164),
        Column("due", "Due or delivered", _day_of, formats.day, kinds.DATE, 130),
        Column("changes", "What it changes", lambda r: "; ".join(r.benefit.effects), width=240),
        Column("by", "Delivered by", lambda r: r.benefit.by, kind=kinds.MUTED, width=120, hidden=True),
        Column("evidence", "Evidence", lambda r: r.benefit.evidence, kind=kinds.MUTED, width=140, hidden=True),
    ]


def _day_of(row: "BenefitRow") -> Any:
    return row.benefit.delivered or row.benefit.due
