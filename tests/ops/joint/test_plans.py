"""A joint plan from draft to closed: what may change when, and what stands against agreeing it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Partner
from partnerdesk.errors import Refused
from partnerdesk.ops.joint import plan_parts as parts
from partnerdesk.ops.joint import plans as life
from partnerdesk.ops.joint.actions import add_action
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.queries.joint.plan_changes import plan_changes
from partnerdesk.queries.joint.plan_quarters import period_of, title_of
from partnerdesk.queries.joint.plans import PlanView, plan_at, plan_row, plan_view, plans
from tests.reports.plan.world import bare

JAN, DEC, TODAY = date(2026, 1, 1), date(2026, 12, 31), date(2026, 11, 19)
WHOLE: dict[str, Any] = {
    "title": "Win 3 hospital groups",
    "due": date(2026, 9, 30),
    "vendor_commitment": "Sales engineer, 2 days a month",
    "vendor_owner": "Rosa Silva",
    "partner_commitment": "Demo lab in Haarlem",
    "partner_owner": "Ilse van Dorp",
}


@pytest.fixture
def plan(session: Session) -> int:
    add_rows(session, [Partner(id="P-1", name="Nordlys Data")])
    return life.add_plan(session, "P-1", start=JAN, end=DEC, on=JAN, with_template=False)


def _view(session: Session, plan: int) -> PlanView:
    view = plan_view(session, plan, TODAY)
    assert view is not None
    return view


def _agreeable(session: Session, plan: int) -> int:
    life.change_plan(session, plan, {}, partner_goals="Grow the health practice")
    return parts.add_objective(session, plan, **WHOLE)


def _agreed(session: Session, plan: int) -> int:
    objective = _agreeable(session, plan)
    life.agree_plan(session, plan, on=date(2026, 2, 1), by="R. Silva, I. van Dorp")
    return objective


def test_a_new_plan_is_a_draft_with_the_usual_decisions_to_assign(session: Session) -> None:
    id = life.add_plan(session, "P-7", start=date(2026, 7, 1), end=date(2027, 6, 30), on=TODAY)
    view = _view(session, id)
    assert (view.plan.title, view.plan.status, view.plan.version) == ("Joint plan 2026/27", "draft", 1)
    assert view.plan.partner_name == "P-7"
    assert [d.decision for d in view.decisions][:2] == ["Discount above 15 %", "Deal conflict"]
    assert "Nobody decides on “Deal conflict”." in view.obstacles


def test_the_period_of_a_plan_is_called_alike_in_its_title_and_in_its_document(session: Session) -> None:
    for start, end, said in ((JAN, DEC, "2026"), (date(2026, 7, 1), date(2027, 6, 30), "2026/27")):
        assert period_of(session, start, end) == said and title_of(session, start, end) == f"Joint plan {said}"
    assert bare(year="FY2027").period == "FY2027"


@pytest.mark.parametrize("empty", ["vendor_commitment", "vendor_owner", "partner_commitment", "partner_owner"])
def test_a_plan_with_one_side_empty_cannot_be_agreed(session: Session, plan: int, empty: str) -> None:
    objective = _agreeable(session, plan)
    parts.change_objective(session, objective, {}, **{empty: "  "})
    with pytest.raises(Refused) as refused:
        life.agree_plan(session, plan, on=TODAY, by="both")
    assert refused.value.sentence == f"Objective “Win 3 hospital groups” has no {empty.replace('_', ' ')}."
    assert _view(session, plan).plan.status == "draft"
    parts.change_objective(session, objective, {}, **{empty: WHOLE[empty]})
    life.agree_plan(session, plan, on=TODAY, by="both")


def test_a_refusal_counts_the_other_gaps(session: Session, plan: int) -> None:
    parts.add_objective(session, plan, title="Grow")
    with pytest.raises(Refused, match=r"The partner's own goals are not written down\. \(5 more gaps\.\)"):
        life.agree_plan(session, plan, on=TODAY, by="both")


def test_a_dropped_objective_and_one_without_a_day_are_told_apart(session: Session, plan: int) -> None:
    objective = _agreeable(session, plan)
    parts.change_objective(session, objective, {}, due=None)
    assert _view(session, plan).obstacles == ("Objective “Win 3 hospital groups” has no due date.",)
    parts.report_objective(session, objective, status="dropped", reason="The tender was cancelled")
    assert _view(session, plan).obstacles == ("The plan has no objective.",)


def test_an_agreed_plan_is_locked_in_every_part(session: Session, plan: int) -> None:
    target = parts.add_target(session, plan, label="New recurring revenue")
    decision = parts.add_decision(session, plan, decision="Discount", accountable="R. Silva")
    risk = parts.add_risk(session, plan, text="Key engineer leaves")
    objective = _agreed(session, plan)
    attempts = [
        lambda: life.change_plan(session, plan, {}, thesis="x"),
        lambda: life.agree_plan(session, plan, on=TODAY, by="x"),
        lambda: life.remove_plan(session, plan),
        lambda: parts.add_target(session, plan, label="x"),
        lambda: parts.change_target(session, target, {}, label="x"),
        lambda: parts.set_quarter(session, target, "2026Q1", value=Decimal(1)),
        lambda: parts.remove_target(session, target),
        lambda: parts.add_objective(session, plan, title="x"),
        lambda: parts.change_objective(session, objective, {}, title="x"),
        lambda: parts.remove_objective(session, objective),
        lambda: parts.move_objective(session, objective, 1),
        lambda: parts.add_decision(session, plan, decision="x"),
        lambda: parts.change_decision(session, decision, {}, decision="x"),
        lambda: parts.remove_decision(session, decision),
        lambda: parts.add_risk(session, plan, text="x"),
        lambda: parts.change_risk(session, risk, {}, text="x"),
        lambda: parts.remove_risk(session, risk),
    ]
    before = _view(session, plan)
    for attempt in attempts:
        with pytest.raises(Refused, match="This plan was agreed on 1 Feb 2026 and is locked"):
            attempt()
    assert _view(session, plan) == before and before.plan.is_locked


def test_how_it_goes_is_reported_until_the_plan_is_closed(session: Session, plan: int) -> None:
    target = parts.add_target(session, plan, label="Reference calls")
    parts.set_quarter(session, target, "2026Q1", value=Decimal(3))
    objective = _agreed(session, plan)
    life.start_plan(session, plan, on=date(2026, 2, 3))
    parts.report_objective(session, objective, status="at risk", actual=Decimal(52), reason="One group left the tender")
    parts.report_quarter(session, target, "2026Q1", actual=Decimal(2))
    view = _view(session, plan)
    assert (view.objectives[0].status, view.objectives[0].actual) == ("at risk", Decimal(52))
    assert [(q.quarter, q.value, q.actual) for q in view.targets[0].quarters] == [("2026Q1", Decimal(3), Decimal(2))]
    life.close_plan(session, plan, on=DEC, words="Two of three won")
    for attempt in (
        lambda: parts.report_objective(session, objective, status="done"),
        lambda: parts.report_quarter(session, target, "2026Q2", actual=Decimal(2)),
        lambda: life.change_plan(session, plan, {}, thesis="x"),
    ):
        with pytest.raises(Refused, match="This plan is closed and stays as it was"):
            attempt()


def test_the_life_of_a_plan_goes_one_way(session: Session, plan: int) -> None:
    with pytest.raises(Refused, match="This plan is draft, not agreed"):
        life.start_plan(session, plan, on=TODAY)
    with pytest.raises(Refused, match="This plan is draft"):
        life.close_plan(session, plan, on=TODAY)
    with pytest.raises(Refused, match="This plan is draft"):
        life.revise_plan(session, plan, on=TODAY)
    life.share_plan(session, plan, on=date(2026, 1, 5))
    with pytest.raises(Refused, match="This plan is shared already"):
        life.share_plan(session, plan, on=TODAY)
    _agreed(session, plan)
    row = plan_row(session, plan)
    assert row and (row.status, row.shared_on, row.agreed_on) == ("agreed", date(2026, 1, 5), date(2026, 2, 1))


def test_the_next_version_starts_from_the_agreed_one_and_replaces_it_when_agreed(session: Session, plan: int) -> None:
    target = parts.add_target(session, plan, label="Reference calls", baseline=Decimal(1))
    parts.set_quarter(session, target, "2026Q1", value=Decimal(3))
    objective = _agreed(session, plan)
    add_action(session, "P-1", text="Book the lab", side="partner", on=TODAY, plan=plan, objective=objective)
    second = life.revise_plan(session, plan, on=TODAY)
    with pytest.raises(Refused, match="Version 2 of this plan is there already"):
        life.revise_plan(session, plan, on=TODAY)
    view = _view(session, second)
    assert (view.plan.version, view.plan.status, view.plan.agreed_on) == (2, "draft", None)
    assert view.objectives[0].title == WHOLE["title"] and view.targets[0].quarters[0].value == Decimal(3)
    assert [a.text for a in view.actions] == ["Book the lab"]
    assert [p.id for p in plans(session, "P-1")] == [second]
    assert [p.id for p in plans(session, "P-1", latest=False)] == [second, plan]
    life.agree_plan(session, second, on=TODAY, by="both")
    first = plan_row(session, plan)
    assert first and (first.status, first.closing_words) == ("closed", "Replaced by version 2")


def test_what_a_version_changes_in_a_target_is_told_as_people_say_it(session: Session, plan: int) -> None:
    target = parts.add_target(session, plan, label="Renewal rate", unit="%")
    parts.set_quarter(session, target, "2026Q1", value=Decimal("0.9"))
    _agreed(session, plan)
    second = life.revise_plan(session, plan, on=TODAY)
    parts.set_quarter(session, _view(session, second).targets[0].id, "2026Q1", value=Decimal("0.925"))
    (change,) = plan_changes(session, second)
    assert (change.what, change.field, change.before, change.after) == (
        "Renewal rate",
        "Q1 2026, %",
        Decimal(90),
        Decimal("92.5"),
    )


def test_a_copy_for_the_next_year_takes_the_content_and_leaves_the_results(session: Session, plan: int) -> None:
    objective = _agreed(session, plan)
    parts.report_objective(session, objective, status="done", actual=Decimal(3))
    copy = life.copy_plan(session, plan, start=date(2027, 1, 1), end=date(2027, 12, 31), on=TODAY)
    view = _view(session, copy)
    assert (view.plan.title, view.plan.status, view.plan.version) == ("Joint plan 2027", "draft", 1)
    (row,) = view.objectives
    assert (row.status, row.actual, row.due, row.partner_owner) == ("in progress", None, None, WHOLE["partner_owner"])
    with pytest.raises(Refused, match="The partner has “Joint plan 2027” for days of this period"):
        life.copy_plan(session, plan, start=date(2027, 6, 1), end=date(2028, 5, 31), on=TODAY)


def test_the_plan_of_a_day_is_the_one_whose_period_holds_it(session: Session, plan: int) -> None:
    later = life.add_plan(session, "P-1", start=date(2027, 1, 1), end=date(2027, 12, 31), on=TODAY)
    found = [plan_at(session, "P-1", day) for day in (TODAY, date(2027, 5, 1), date(2030, 1, 1))]
    assert [p.id if p else None for p in found] == [plan, later, later]
    assert plan_at(session, "P-2", TODAY) is None


def test_wrong_days_names_and_sources_are_refused(session: Session, plan: int) -> None:
    with pytest.raises(Refused, match="The plan ends on 1 Jan 2026, before its start on 31 Dec 2026"):
        life.add_plan(session, "P-2", start=DEC, end=JAN, on=TODAY)
    with pytest.raises(Refused, match="would end on 1 Jan 2025"):
        life.change_plan(session, plan, {}, end=date(2025, 1, 1))
    for name in ("R. Silva, A. Brandt", "R. Silva and A. Brandt", "Silva/Brandt"):
        with pytest.raises(Refused, match="One name decides"):
            parts.add_decision(session, plan, decision="Discount", accountable=name)
    with pytest.raises(Refused, match="at least one day"):
        parts.add_decision(session, plan, decision="Discount", limit_days=0)
    with pytest.raises(Refused, match="“2026-3” is no quarter"):
        parts.set_quarter(session, parts.add_target(session, plan, label="x"), "2026-3", value=None)
    auto = parts.add_target(session, plan, label="Renewal rate", metric="renewal_rate", source="auto")
    with pytest.raises(Refused, match="measured by the program"):
        parts.report_quarter(session, auto, "2026Q1", actual=Decimal(1))
    for attempt, words in (
        (lambda: parts.add_objective(session, plan, title=" "), "needs a title"),
        (lambda: parts.add_target(session, plan, label="x", source="auto"), "needs the program's metric"),
        (lambda: parts.add_risk(session, plan, text=""), "needs words"),
    ):
        with pytest.raises(Refused, match=words):
            attempt()


def test_an_objective_at_risk_needs_its_reason(session: Session, plan: int) -> None:
    objective = parts.add_objective(session, plan, title="Grow")
    for status in ("at risk", "dropped"):
        with pytest.raises(Refused, match=f"An objective that is {status} needs a reason"):
            parts.report_objective(session, objective, status=status)


def test_two_editors_see_each_others_words(session: Session, plan: int) -> None:
    seen = plan_row(session, plan)
    life.change_plan(session, plan, seen, thesis="Health first")
    with pytest.raises(Refused) as refused:
        life.change_plan(session, plan, seen, thesis="Energy first")
    assert refused.value.sentence == "“thesis” of this plan was empty when you opened it and is “Health first” now."
    life.change_plan(session, plan, seen, competitors="none named")
    with pytest.raises(TypeError, match="verbs"):
        life.change_plan(session, plan, {}, status="agreed")
    with pytest.raises(TypeError, match="no field moon"):
        life.change_plan(session, plan, {}, moon="full")


def test_objectives_move_and_go(session: Session, plan: int) -> None:
    a, b, c = (parts.add_objective(session, plan, title=t) for t in "abc")
    parts.move_objective(session, c, 1)
    assert [o.title for o in _view(session, plan).objectives] == ["c", "a", "b"]
    parts.remove_objective(session, a)
    parts.move_objective(session, b, 1)
    assert [o.title for o in _view(session, plan).objectives] == ["b", "c"]
    with pytest.raises(Refused, match="This objective is not there any more"):
        parts.remove_objective(session, a)


def test_a_draft_can_be_removed_and_its_actions_stay(session: Session, plan: int) -> None:
    target = parts.add_target(session, plan, label="x")
    parts.set_quarter(session, target, "2026Q1", value=Decimal(1))
    parts.set_quarter(session, target, "2026Q2", value=Decimal(2))
    parts.set_quarter(session, target, "2026Q2", value=None)
    assert [q.quarter for q in _view(session, plan).targets[0].quarters] == ["2026Q1"]
    action = add_action(session, "P-1", text="Call", side="vendor", on=TODAY, plan=plan)
    life.remove_plan(session, plan)
    assert plan_view(session, plan, TODAY) is None
    from partnerdesk.queries.joint.actions import action_row

    row = action_row(session, TODAY, action)
    assert row is not None and row.plan is None
