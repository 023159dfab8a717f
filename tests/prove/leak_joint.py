"""What both sides write of a partner, and what we write of it alone: plans, reviews, actions, feedback, each a token.

`OURS` owns what no document for any partner holds: internal notes and actions, judgements of people, what may not be
quoted.
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from partnerdesk.ops.joint import plan_governance as governance
from partnerdesk.ops.joint import plan_parts as parts
from partnerdesk.ops.joint import reviews
from partnerdesk.ops.joint.actions import add_action
from partnerdesk.ops.joint.escalations import escalate
from partnerdesk.ops.joint.feedback import add_feedback
from partnerdesk.ops.joint.notes import add_note
from partnerdesk.ops.joint.plan_whitespace import set_cell
from partnerdesk.ops.joint.plans import add_plan, change_plan, share_plan

if TYPE_CHECKING:
    from tests.prove.leak_books import LeakBook

OURS = "us alone, of "  # whom it is said


def write_joint(session: Session, made: "LeakBook", partner: str, day: date) -> None:
    """A shared plan, a review and what hangs on them."""
    plan = _plan(session, made, partner, day)
    _blocks(session, made, partner, plan, day)
    _review(session, made, partner, day)
    for internal in (False, True):
        owner = OURS + partner if internal else partner
        said = {"text": f"Do {made.token(owner)}", "owner": made.token(owner), "internal": internal}
        for side in ("vendor", "partner"):
            add_action(session, partner, side=side, on=day, due=day + timedelta(20), plan=plan, **said)


def _plan(session: Session, made: "LeakBook", partner: str, day: date) -> int:
    plan = add_plan(session, partner, start=date(day.year, 1, 1), end=date(day.year, 12, 31), on=day)
    words = ("thesis", "partner_goals", "vendor_goals", "ideal_customer", "value_proposition", "competitors")
    words += ("wins", "friction", "partner_owner", "vendor_owner", "partner_sponsor", "vendor_sponsor")
    change_plan(session, plan, {}, kickoff=day, **{word: made.token(partner) for word in words})
    share_plan(session, plan, on=day)
    return plan


def _blocks(session: Session, made: "LeakBook", partner: str, plan: int, day: date) -> None:
    def own() -> str:
        return made.token(partner)

    parts.add_target(session, plan, label=own(), unit="calls")
    parts.add_objective(session, plan, title=own(), why=own(), vendor_commitment=own(), partner_commitment=own())
    parts.add_risk(session, plan, text=own(), trigger=own(), mitigation=own(), owner=own())
    parts.add_decision(session, plan, decision=own(), accountable=own())
    governance.add_account(session, plan, name=own(), vendor_part=own(), note=made.token(OURS + partner))
    judged = {"influence": "high", "relationship": "weak", "stance": "risk"}
    governance.add_stakeholder(session, plan, name=own(), role=own(), **judged)
    governance.add_level(session, plan, who=own(), vendor=own(), partner=own())
    governance.add_rhythm(session, plan, meeting=own(), covers=own())
    governance.add_motion(session, plan, text=own(), week=day)
    governance.add_attachment(session, plan, title=own(), place=own(), on=day, about=made.token(OURS + partner))
    set_cell(session, plan, f"C-{partner}", f"S-{partner}", next_step=own())
    escalate(session, plan, text=made.token(OURS + partner), on=day, by=made.token(OURS + partner))


def _review(session: Session, made: "LeakBook", partner: str, day: date) -> None:
    review = reviews.add_review(session, partner, "2026Q3", on=day, day=day, place=made.token(partner))
    reviews.change_review(session, review, {}, internal_notes=f"Careful: {made.token(OURS + partner)}")
    for kind in ("win", "ask", "decision", "issue", "agenda", "learning"):
        owner = OURS + partner if kind == "learning" else partner
        reviews.add_item(session, review, kind, text=made.token(owner), detail=made.token(owner))
    for page in ("summary", "pipeline"):
        reviews.set_page(session, review, page, title=made.token(partner), narrative=made.token(partner))
    add_action(session, partner, text=made.token(partner), side="partner", on=day, due=day, review=review)
    add_action(
        session, partner, text=made.token(OURS + partner), side="vendor", on=day, due=day, review=review, internal=True
    )
    for shareable in (False, True):
        said = {owner: made.token(partner if shareable else OURS + partner) for owner in ("text", "said_by")}
        add_feedback(session, partner, day=day, shareable=shareable, **said)
    add_note(
        session,
        partner,
        day=day,
        text=f"Heard that {made.token(OURS + partner)} is next. Quiet.",
        author=made.token(OURS + partner),
    )
