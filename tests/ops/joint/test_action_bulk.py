"""What is done to several actions at once, and how a promise that moves keeps its age."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Partner, Person
from partnerdesk.errors import Refused
from partnerdesk.ops.joint import action_bulk as bulk
from partnerdesk.ops.joint import reviews as life
from partnerdesk.ops.joint.actions import add_action, carry_over, show_evidence
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.ops.views import forget_view, keep_view
from partnerdesk.queries.joint.action_list import LATE, LATER, UNDATED, WEEK, ListedAction, action_list
from partnerdesk.queries.joint.action_views import ACTION_VIEWS, BUILT_IN, ActionView
from partnerdesk.queries.views import kept_views

AUGUST, TODAY = date(2026, 8, 18), date(2026, 11, 19)  # a Thursday


@pytest.fixture(autouse=True)
def people(session: Session) -> None:
    ours = Person(id="H-1", name="Tobias Rendlow", side="vendor")
    theirs = Person(id="H-2", name="Ilse van Dorp", side="partner", partner="P-1")
    add_rows(session, [Partner(id="P-1", name="Nordlys Data"), ours, theirs])


def _listed(session: Session) -> dict[str, ListedAction]:
    return {row.row.text: row for row in action_list(session, TODAY)}


def test_several_are_done_dropped_and_reopened_in_one_go(session: Session) -> None:
    ids = [add_action(session, "P-1", text=f"Step {n}", side="vendor", on=AUGUST) for n in range(3)]
    bulk.complete_actions(session, ids[:2], on=TODAY)
    bulk.drop_actions(session, ids[2:], on=TODAY, reason="The customer left")
    rows = _listed(session)
    assert [rows[f"Step {n}"].row.state for n in range(3)] == ["done", "done", "dropped"]
    assert rows["Step 2"].row.outcome == "The customer left" and rows["Step 0"].age == 93
    bulk.reopen_actions(session, ids)
    assert all(row.row.is_open for row in _listed(session).values())


def test_what_shows_that_an_action_was_done_is_kept_whenever_it_comes(session: Session) -> None:
    """With the end, after it, and for a promise that moved: what was shown so far goes along."""
    first, second = (
        add_action(session, "P-1", text=t, side="vendor", on=AUGUST, due=AUGUST) for t in ("Audit", "Course")
    )
    bulk.complete_actions(session, [first], on=TODAY, outcome="Passed", evidence=" Report 12 ")
    assert _listed(session)["Audit"].row.came_of_it == "Passed; Report 12"
    bulk.prove_actions(session, [first, second], evidence="Certificate 7")
    moved = carry_over(session, second, due=TODAY, on=AUGUST)
    rows = _listed(session)
    assert (rows["Audit"].row.evidence, rows["Audit"].row.state) == ("Certificate 7", "done")
    assert (rows["Course"].id, rows["Course"].row.evidence) == (moved, "Certificate 7")
    bulk.reopen_actions(session, [first])
    assert _listed(session)["Audit"].row.came_of_it == "Certificate 7"
    with pytest.raises(Refused):
        show_evidence(session, first, {"evidence": "seen before"}, evidence="Other")


def test_an_owner_brings_the_action_to_their_side_and_stays_behind_when_it_is_handed_over(session: Session) -> None:
    id = add_action(session, "P-1", text="Demo lab", side="vendor", on=AUGUST)
    bulk.reassign_actions(session, [id], owner="Ilse van Dorp")
    assert (_listed(session)["Demo lab"].row.side, _listed(session)["Demo lab"].row.owner) == (
        "partner",
        "Ilse van Dorp",
    )
    bulk.hand_over(session, [id], side="vendor")
    assert (_listed(session)["Demo lab"].row.side, _listed(session)["Demo lab"].row.owner) == ("vendor", "")
    bulk.reassign_actions(session, [id], owner="Somebody else")
    bulk.hand_over(session, [id], side="partner")
    assert _listed(session)["Demo lab"].row.owner == "Somebody else"


def test_what_a_held_review_recorded_is_carried_over_and_keeps_its_age(session: Session) -> None:
    review = life.add_review(session, "P-1", "2026Q2", on=AUGUST, day=AUGUST)
    due = date(2026, 9, 1)
    id = add_action(session, "P-1", text="Price model", side="vendor", on=AUGUST, due=due, review=review)
    free = add_action(session, "P-1", text="Call", side="vendor", on=AUGUST, due=due)
    life.hold_review(session, review, on=AUGUST)
    moved = bulk.move_actions(session, [id, free], due=date(2026, 12, 1), on=TODAY)
    assert moved[0] != id and moved[1] == free
    again = bulk.move_actions(session, [moved[0]], due=date(2026, 12, 8), on=TODAY)
    rows = _listed(session)
    assert (rows["Price model"].carried, rows["Price model"].since, rows["Price model"].age) == (1, AUGUST, 93)
    assert rows["Price model"].id == again[0] and rows["Call"].carried == 0
    with pytest.raises(Refused, match="A later action took over"):
        bulk.complete_actions(session, [id], on=TODAY)


def test_the_board_puts_an_action_where_its_day_belongs(session: Session) -> None:
    days = {"a": date(2026, 11, 18), "b": TODAY, "c": date(2026, 11, 22), "d": date(2026, 11, 23), "e": None}
    for text, due in days.items():
        add_action(session, "P-1", text=text, side="vendor", on=AUGUST, due=due)
    rows = _listed(session)
    assert [rows[text].bucket for text in days] == [LATE, WEEK, WEEK, LATER, UNDATED]
    bulk.place_actions(session, [rows["a"].id], side="partner", due=None, is_moved=False, on=TODAY)
    bulk.place_actions(session, [rows["b"].id], side="vendor", due=None, is_moved=True, on=TODAY)
    rows = _listed(session)
    assert (rows["a"].row.side, rows["a"].row.due) == ("partner", days["a"])
    assert (rows["b"].row.side, rows["b"].row.due) == ("vendor", None)


def test_a_day_that_somebody_else_changed_meanwhile_is_not_overwritten(session: Session) -> None:
    id = add_action(session, "P-1", text="Call", side="vendor", on=AUGUST, due=TODAY)
    with pytest.raises(Refused, match="when you opened it"):
        bulk.change_due(session, id, {"due": date(2026, 12, 1)}, due=date(2026, 12, 2), on=TODAY)


def test_views_are_kept_in_the_book_and_say_what_they_show(session: Session) -> None:
    late = ActionView("late", side="partner", owner="Ilse van Dorp")
    keep_view(session, ACTION_VIEWS, " Ilse is late ", late)
    assert kept_views(session, ACTION_VIEWS) == {"Ilse is late": late}
    for due in (AUGUST, date(2026, 12, 1)):
        add_action(session, "P-1", text=f"{due}", side="partner", owner="Ilse van Dorp", on=AUGUST, due=due)
    add_action(session, "P-1", text="ours", side="vendor", on=AUGUST, due=AUGUST)
    assert [r.row.text for r in action_list(session, TODAY) if late.keeps(r)] == ["2026-08-18"]
    assert sum(map(BUILT_IN["All"].keeps, action_list(session, TODAY))) == 3
    with pytest.raises(Refused, match="from the start"):
        keep_view(session, ACTION_VIEWS, "Open", late)
    forget_view(session, ACTION_VIEWS, "Ilse is late")
    assert kept_views(session, ACTION_VIEWS) == {}
