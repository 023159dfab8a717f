"""Deals as people work on them: added, moved through stages, slipped, won, lost, shared with another partner."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Credit, Customer, Deal, StageChange
from partnerdesk.errors import Refused
from partnerdesk.models.facts import TABLES
from partnerdesk.ops.rows.facts import add_rows, change_row, present_row
from partnerdesk.ops.rows.handing_over import CORRECTED, Handed, handed_words, resting
from partnerdesk.ops.rows.numbers import next_id

WON, LOST = "Won", "Lost"


def add_deal(
    session: Session, /, *, partner: str | None, name: str, on: date, customer: str = "", by: str = "", **fields: Any
) -> str:
    """A new open deal; a customer is found by its name or added. Returns the deal's id."""
    if not name.strip():
        raise Refused("A deal needs a name.")
    buyer = customer_named(session, customer, by=by) if customer.strip() else None
    id = next_id(session, "deal")
    add_rows(session, [Deal(id=id, partner=partner, customer=buyer, name=name.strip(), created=on, **fields)], by=by)
    if fields.get("stage"):
        _enter(session, id, fields["stage"], on, by)
    return id


def change_deal(
    session: Session, id: str, before: Any, /, *, accepted: bool = False, by: str = "", **changes: Any
) -> None:
    """Changes a deal's fields as its editor saw them; stage and outcome have verbs of their own.

    Raises Refused where it would change its partner under closed statements and that was not accepted.
    """
    if set(changes) & {"status", "stage", "closed"}:
        raise TypeError("stage and outcome change by move_stage, mark_won, mark_lost and reopen_deal")
    if "partner" in changes and not accepted and (moved := moved_by(session, [id], changes["partner"])):
        raise Refused(moved, "Accept that it changes its partner (--accept), or leave it.")
    change_row(session, "deal", id, before, by=by, **changes)


def moved_by(session: Session, ids: Sequence[str], partner: str | None) -> str:
    """What giving deals to a partner, or to none, moves of closed statements, in a sentence or two; "" for nothing."""
    found = (present_row(session, "deal", id) for id in ids)
    given = [
        Handed(("deal", d.id), d.partner, partner or "")
        for d in found
        if isinstance(d, Deal) and d.partner and d.partner != partner
    ]
    rests = list(resting(session, given)) if given else []
    return f"{handed_words(session, rests)}. {CORRECTED}" if rests else ""


def give_deals(
    session: Session, ids: Sequence[str], partner: str | None, *, accepted: bool = False, by: str = ""
) -> None:
    """All of them are this partner's from now on, or nobody's. Raises what `change_deal` raises."""
    for id in ids:
        change_deal(session, id, {}, accepted=accepted, by=by, partner=partner)


def edit_deal(
    session: Session, id: str, values: Mapping[str, Any], *, on: date, accepted: bool = False, by: str = ""
) -> None:
    """Changes fields that `deal_fields` have read, the stage and a customer by its name among them, as one step.

    Raises what `change_deal` and `move_stage` raise.
    """
    given = dict(values)
    stage = given.pop("stage", None)
    if "attributes" in given:
        own = present_row(session, "deal", id).attributes | given["attributes"]
        given["attributes"] = {name: value for name, value in own.items() if value}
    if given.get("customer"):
        given["customer"] = customer_named(session, given["customer"], by=by)
    if given:
        change_deal(session, id, {}, accepted=accepted, by=by, **given)
    if stage is not None:
        move_stage(session, id, stage, on=on, by=by)


def move_stage(session: Session, id: str, stage: str, *, on: date, by: str = "") -> None:
    """An open deal enters a stage on a day."""
    deal = _open(session, id)
    if not stage.strip():
        raise Refused("A stage needs a name.")
    if deal.stage == stage:
        raise Refused(f"The deal is in {stage} already.")
    change_row(session, "deal", id, {}, by=by, stage=stage)
    _enter(session, id, stage, on, by)


def slip_deal(session: Session, id: str, *, until: date, reason: str, on: date, by: str = "") -> None:
    """An open deal closes later than expected, for a reason that stays on its way through the stages."""
    deal = _open(session, id)
    if not reason.strip():
        raise Refused("A deal that slips needs the reason.", "One line is enough; it pays off in the next review.")
    if until < on or (deal.expected_close is not None and until <= deal.expected_close):
        raise Refused("A deal slips to a later day.", "Change its close in the list if it was written down wrongly.")
    change_row(session, "deal", id, {}, by=by, expected_close=until)
    was = {} if deal.expected_close is None else {"slipped from": deal.expected_close.isoformat()}
    told = was | {"slipped to": until.isoformat(), "slipped because": reason.strip()}
    _enter(session, id, deal.stage, on, by, told)


def assign_deal(session: Session, id: str, owner: str | None, *, by: str = "") -> None:
    """Somebody owns the deal from now on, or nobody."""
    change_row(session, "deal", id, {}, by=by, owner=owner)


def mark_won(session: Session, id: str, *, on: date, amount: Decimal | None = None, by: str = "") -> None:
    """The deal was won on a day, for this amount where one is given."""
    deal = _open(session, id)
    final = deal.amount if amount is None else amount
    if final is None:
        raise Refused("A won deal needs its amount.", "Enter what was signed.")
    change_row(session, "deal", id, {}, by=by, status="won", stage=WON, closed=on, amount=final)
    _enter(session, id, WON, on, by)


def mark_lost(session: Session, id: str, *, on: date, reason: str, by: str = "") -> None:
    """The deal was lost on a day, for a reason."""
    _open(session, id)
    if not reason.strip():
        raise Refused("A lost deal needs the reason.", "One line is enough; it pays off in the next review.")
    change_row(session, "deal", id, {}, by=by, status="lost", stage=LOST, closed=on, lost_reason=reason.strip())
    _enter(session, id, LOST, on, by)


def reopen_deal(session: Session, id: str, *, stage: str, on: date, by: str = "") -> None:
    """A won or lost deal is open again, in a stage."""
    deal = present_row(session, "deal", id)
    if not isinstance(deal, Deal) or deal.status == "open":
        raise Refused("This deal is open already.")
    change_row(session, "deal", id, {}, by=by, status="open", stage=stage, closed=None, lost_reason="")
    if stage:
        _enter(session, id, stage, on, by)


def reopen_as_before(session: Session, id: str, *, on: date, by: str = "") -> None:
    """A won or lost deal is open again, in the last stage that it was in before its end."""
    row = TABLES["stage_change"].c
    gone_through = select(row.stage).where(row.deal == id, row.stage.not_in(["", WON, LOST])).order_by(row.day, row.id)
    stages = session.scalars(gone_through).all()
    reopen_deal(session, id, stage=stages[-1] if stages else "", on=on, by=by)


def share_deal(session: Session, id: str, partner: str, *, share: Decimal, role: str = "assisted", by: str = "") -> str:
    """Credits a partner with a share of a deal; what is left stays with the deal's own partner. Returns its id."""
    deal, credit = present_row(session, "deal", id), TABLES["credit"].c
    if isinstance(deal, Deal) and deal.partner == partner:
        raise Refused("The deal is this partner's own.", "Credit the partners that helped; it keeps the rest.")
    given = list(session.execute(select(credit.partner, credit.share).where(credit.deal == id)))
    if any(other == partner for other, _ in given):
        raise Refused("This partner has a share of the deal already.", "Change that share.")
    if share <= 0 or share + sum((part for _, part in given), Decimal(0)) > 1:
        raise Refused("The shares of a deal are above zero and together at most the whole.")
    row = Credit(id=next_id(session, "credit"), deal=id, partner=partner, share=share, role=role)
    return add_rows(session, [row], by=by)[0]


def customer_named(session: Session, name: str, *, by: str = "") -> str:
    """The id of the customer with this name or id, added where there is none."""
    name = " ".join(name.split())
    customer = TABLES["customer"].c
    is_meant = or_(customer.id == name, func.lower(customer.name) == name.lower())
    found = session.scalar(select(customer.id).where(is_meant).order_by(customer.id != name, customer.id))
    if found is not None:
        return str(found)
    return add_rows(session, [Customer(id=next_id(session, "customer"), name=name)], by=by)[0]


def _open(session: Session, id: str) -> Deal:
    deal = present_row(session, "deal", id)
    if not isinstance(deal, Deal) or deal.status != "open":
        status = deal.status if isinstance(deal, Deal) else ""
        raise Refused(f"This deal is {status} already.", "Reopen it first.")
    return deal


def _enter(
    session: Session, id: str, stage: str, on: date, by: str, told: Mapping[str, str] = MappingProxyType({})
) -> None:
    deal = present_row(session, "deal", id)
    assert isinstance(deal, Deal)
    row = StageChange(
        id=next_id(session, "stage_change"),
        deal=id,
        day=on,
        stage=stage,
        amount=deal.amount,
        currency=deal.currency,
        attributes=told,
    )
    add_rows(session, [row], by=by)
