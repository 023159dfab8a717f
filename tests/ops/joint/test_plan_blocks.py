"""The blocks of a joint plan beside its objectives: who may change them when, clocks of escalations, versions."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, delete, insert, update
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Customer, Deal, Partner
from partnerdesk.errors import Refused
from partnerdesk.models import plan_blocks as blocks
from partnerdesk.models import plans as tables
from partnerdesk.ops.joint import escalations as ladder
from partnerdesk.ops.joint import plan_governance as governance
from partnerdesk.ops.joint import plan_parts as parts
from partnerdesk.ops.joint import plans as life
from partnerdesk.ops.joint.actions import add_action
from partnerdesk.ops.joint.notes import add_note
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.queries.joint.escalations import escalations
from partnerdesk.queries.joint.plans import PlanView, plan_view
from partnerdesk.store import Store

JAN, DEC, TODAY = date(2026, 1, 1), date(2026, 12, 31), date(2026, 11, 19)
OBJECTIVE: dict[str, Any] = {
    "title": "Win 3 hospital groups",
    "due": date(2026, 9, 30),
    "vendor_commitment": "Sales engineer",
    "vendor_owner": "Rosa Silva",
    "partner_commitment": "Demo lab",
    "partner_owner": "Ilse van Dorp",
}


def _whole(session: Session) -> int:
    """A plan with a row in every block; returns its id."""
    deal = Deal(id="D-1", partner="P-1", customer="C-1", name="Seats", created=JAN)
    add_rows(session, [Partner(id="P-1", name="Nordlys Data"), Customer(id="C-1", name="Borealis"), deal])
    id = life.add_plan(session, "P-1", start=JAN, end=DEC, on=JAN, with_template=False)
    life.change_plan(session, id, {}, partner_goals="Grow the health practice")
    parts.add_objective(session, id, **OBJECTIVE)
    parts.set_quarter(session, parts.add_target(session, id, label="Calls"), "2026Q1", value=Decimal(3))
    parts.add_decision(session, id, decision="Discount", accountable="R. Silva")
    parts.add_risk(session, id, text="Key engineer leaves", owner="Ilse van Dorp")
    governance.add_stakeholder(session, id, name="Ilse van Dorp", influence="high", stance="champion")
    governance.add_account(session, id, name="Borealis", vendor_owner="R. Silva", partner_owner="I. van Dorp")
    governance.add_rhythm(session, id, meeting="Operating review", minutes=30)
    for _ in range(3):
        governance.add_level(session, id)
    governance.set_review_day(session, id, "2026Q1", day=date(2026, 4, 14))
    governance.add_motion(session, id, text="Kick-off", week=date(2026, 1, 7))
    governance.add_attachment(session, id, title="Signed plan", place="S:/plans/2026.pdf", on=JAN)
    return id


@pytest.fixture
def plan(session: Session) -> int:
    return _whole(session)


def _view(session: Session, plan: int, day: date = TODAY) -> PlanView:
    view = plan_view(session, plan, day)
    assert view is not None
    return view


def test_a_whole_plan_reads_back(session: Session, plan: int) -> None:
    view = _view(session, plan)
    assert view.obstacles == () and view.plan.number == "JP-2026-P-1"
    assert [(r.level, r.who, r.days) for r in view.ladder] == list(governance.STANDARD_LADDER)
    assert view.accounts[0].customer == "C-1"
    assert view.motion[0].week == date(2026, 1, 5)
    assert (view.people[0].stance, view.rhythm[0].minutes, view.reviews[0].day) == ("champion", 30, date(2026, 4, 14))


def test_a_key_account_needs_an_owner_on_both_sides(session: Session, plan: int) -> None:
    governance.change_account(session, 1, {}, partner_owner="")
    with pytest.raises(Refused, match="Key account “Borealis” has no partner owner"):
        life.agree_plan(session, plan, on=TODAY, by="both")
    governance.change_account(session, 1, {"name": "Borealis"}, name="Helios", partner_owner="I. van Dorp")
    assert _view(session, plan).accounts[0].customer == ""


def test_what_was_promised_is_locked_and_what_is_known_lives_on(session: Session, plan: int) -> None:
    life.agree_plan(session, plan, on=date(2026, 2, 1), by="both")
    for attempt in (
        lambda: governance.add_account(session, plan, name="x"),
        lambda: governance.change_rhythm(session, 1, {}, minutes=45),
        lambda: governance.remove_motion(session, 1),
        lambda: governance.add_motion(session, plan, text="x", week=TODAY),
        lambda: governance.change_level(session, 1, {}, days=9),
        lambda: governance.set_review_day(session, plan, "2026Q2", day=TODAY),
    ):
        with pytest.raises(Refused, match="This plan was agreed on 1 Feb 2026 and is locked"):
            attempt()
    governance.change_stakeholder(session, 1, {}, stance="risk", backup="J. Meering")
    governance.set_review_day(session, plan, "2026Q1", day=date(2026, 4, 21))
    governance.report_motion(session, 1, done_on=date(2026, 1, 9))
    governance.add_attachment(session, plan, title="Minutes", place="https://files.example/1", on=TODAY)
    view = _view(session, plan)
    assert (view.people[0].stance, view.motion[0].done_on) == ("risk", date(2026, 1, 9))
    assert view.reviews[0].day == date(2026, 4, 21) and len(view.attachments) == 2
    life.close_plan(session, plan, on=DEC)
    for closed in (
        lambda: governance.change_stakeholder(session, 1, {}, stance=""),
        lambda: governance.remove_attachment(session, 1),
        lambda: governance.report_motion(session, 1, done_on=None),
    ):
        with pytest.raises(Refused, match="This plan is closed"):
            closed()


@pytest.fixture
def agreed(tmp_path: Path) -> Iterator[Store]:
    store = Store.create(tmp_path / "book.partnerdesk", user="R. Silva")
    store.transact("Write plan", _whole)
    store.transact("Lock plan as agreed", life.agree_plan, 1, on=date(2026, 2, 1), by="both")
    yield store
    store.close()


PROMISED: list[tuple[Table, dict[str, Any]]] = [
    (tables.plan, {"thesis": "x"}),
    (tables.objective, {"vendor_owner": "x"}),
    (tables.plan_target, {"label": "x"}),
    (tables.quarter_target, {"value": Decimal(9)}),
    (tables.decision_right, {"accountable": "x"}),
    (tables.risk, {"mitigation": "x"}),
    (blocks.key_account, {"partner_owner": "x"}),
    (blocks.ladder_level, {"days": 90}),
    (blocks.rhythm, {"minutes": 5}),
    (blocks.motion, {"text": "x"}),
]


@pytest.mark.parametrize(("table", "change"), PROMISED, ids=lambda x: x.name if isinstance(x, Table) else "")
def test_the_file_itself_keeps_what_was_agreed(agreed: Store, table: Table, change: dict[str, Any]) -> None:
    """No path past the ops changes a promise; undoing the agreement is the one way back."""

    def past_the_ops(session: Session) -> None:
        session.execute(update(table).values(change))

    def gone(session: Session) -> None:
        session.execute(delete(table))

    for attempt in (past_the_ops, gone):
        with pytest.raises(Refused, match="This plan is agreed and locked"):
            agreed.transact("Past the ops", attempt)
    agreed.undo()
    agreed.transact("Edit", past_the_ops)


def test_a_row_is_not_slipped_into_an_agreed_plan(agreed: Store) -> None:
    def slip(session: Session) -> None:
        session.execute(insert(tables.risk).values(plan=1, position=9, text="x"))

    with pytest.raises(Refused, match="This plan is agreed and locked"):
        agreed.transact("Slip", slip)
    agreed.transact("Report", parts.report_quarter, 1, "2026Q2", actual=Decimal(1))
    agreed.transact("Report", parts.report_objective, 1, status="done", actual=Decimal(3))
    agreed.undo()
    agreed.undo()
    assert [q.quarter for q in agreed.read(_view, 1).targets[0].quarters] == ["2026Q1"]


def test_an_escalation_climbs_the_ladder_of_its_plan_by_its_clock(session: Session, plan: int) -> None:
    governance.change_level(session, 2, {}, days=7)
    life.agree_plan(session, plan, on=date(2026, 2, 1), by="both")
    id = ladder.escalate_risk(session, 1, on=date(2026, 11, 1), by="R. Silva")
    with pytest.raises(Refused, match="This risk is escalated already"):
        ladder.escalate_risk(session, 1, on=TODAY)
    (row,) = escalations(session, date(2026, 11, 3), "P-1")
    assert (row.text, row.level, row.owner, row.answer_by) == (
        "Key engineer leaves",
        1,
        "Ilse van Dorp",
        date(2026, 11, 3),
    )
    assert row.days_over == 0
    (row,) = escalations(session, date(2026, 11, 5), "P-1")
    assert row.days_over == 2
    ladder.raise_level(session, id, on=date(2026, 11, 5), owner="K. Lindholm", words="No answer")
    (row,) = escalations(session, date(2026, 11, 5), "P-1")
    assert (row.level, row.owner, row.answer_by, row.days_over) == (2, "K. Lindholm", date(2026, 11, 12), 0)
    ladder.raise_level(session, id, on=date(2026, 11, 12))
    with pytest.raises(Refused, match="top of the ladder"):
        ladder.raise_level(session, id, on=TODAY)
    with pytest.raises(Refused, match="Say what came of it"):
        ladder.settle(session, id, on=TODAY, outcome=" ")
    ladder.settle(session, id, on=date(2026, 11, 18), outcome="A second engineer starts in January")
    (row,) = escalations(session, TODAY, "P-1")
    assert not row.is_open and row.days_over == 0 and len(row.steps) == 3
    assert escalations(session, TODAY, only_open=True) == ()


def test_the_next_version_follows_row_by_row_and_takes_actions_and_escalations_along(
    session: Session, plan: int
) -> None:
    life.agree_plan(session, plan, on=date(2026, 2, 1), by="both")
    add_action(session, "P-1", text="Book the lab", side="partner", on=TODAY, plan=plan, objective=1)
    ladder.escalate_risk(session, 1, on=TODAY)
    second = life.revise_plan(session, plan, on=TODAY)
    before, after = _view(session, plan), _view(session, second)
    for block in ("objectives", "targets", "decisions", "risks", "people", "accounts", "ladder", "rhythm", "motion"):
        assert [r.follows for r in getattr(after, block)] == [r.id for r in getattr(before, block)]
    life.agree_plan(session, second, on=TODAY, by="both")
    view = _view(session, second)
    assert [a.objective for a in view.actions] == [view.objectives[0].id]
    assert [e.risk for e in view.escalations] == [view.risks[0].id]


def test_a_copy_for_another_year_moves_the_weeks_and_leaves_what_happened(session: Session, plan: int) -> None:
    governance.report_motion(session, 1, done_on=date(2026, 1, 9))
    id = life.copy_plan(session, plan, start=date(2027, 1, 1), end=date(2027, 12, 31), on=TODAY)
    view = _view(session, id)
    assert [(m.week, m.done_on) for m in view.motion] == [(date(2027, 1, 4), None)]
    assert view.reviews == () and view.escalations == () and len(view.ladder) == 3
    assert all(row.follows is None for row in (*view.people, *view.objectives))


def test_limits_are_said_in_words(session: Session, plan: int) -> None:
    for n in range(9):
        governance.add_motion(session, plan, text=f"Line {n}", week=TODAY)
    for attempt, words in (
        (lambda: governance.add_motion(session, plan, text="x", week=TODAY), "has 10 lines"),
        (lambda: governance.add_level(session, plan), "has 3 levels"),
        (lambda: governance.change_level(session, 1, {}, days=0), "at least 1 day"),
        (lambda: governance.add_stakeholder(session, plan, name="Ilse van Dorp"), "is in this plan already"),
        (lambda: governance.change_rhythm(session, 1, {}, minutes=0), "at least a minute"),
        (lambda: governance.add_attachment(session, plan, title="x", place=" ", on=TODAY), "where it lies"),
    ):
        with pytest.raises(Refused, match=words):
            attempt()


def test_the_last_contact_is_that_of_a_note_where_it_is_later(session: Session, plan: int) -> None:
    governance.change_stakeholder(session, 1, {}, last_contact=date(2026, 10, 1))
    add_note(session, "P-1", day=date(2026, 11, 12), text="Lunch with ilse van dorp")
    add_note(session, "P-1", day=date(2026, 11, 14), text="Somebody else")
    assert _view(session, plan).people[0].last == date(2026, 11, 12)
    governance.change_stakeholder(session, 1, {}, last_contact=TODAY)
    assert _view(session, plan).people[0].last == TODAY


def test_a_plan_with_something_escalated_stays(session: Session, plan: int) -> None:
    ladder.escalate(session, plan, text="Data access", on=TODAY)
    with pytest.raises(Refused, match="Something is escalated under this plan"):
        life.remove_plan(session, plan)
    other = life.copy_plan(session, plan, start=date(2027, 1, 1), end=date(2027, 12, 31), on=TODAY)
    life.remove_plan(session, other)
    assert plan_view(session, other, TODAY) is None
