"""What follows from a review: lines that become commitments or plan changes, and the record of a held one."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Contract, Customer, Partner, Person
from partnerdesk.errors import Refused
from partnerdesk.ops.joint import feedback as heard
from partnerdesk.ops.joint import plans as joint_plans
from partnerdesk.ops.joint import reviews as life
from partnerdesk.ops.joint.plan_parts import add_objective
from partnerdesk.ops.joint.review_outcome import make_commitment, make_plan_change, note_line
from partnerdesk.ops.joint.review_record import canonical_pack, record_of
from partnerdesk.ops.pack.exports import pack_to_print
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows, change_row
from partnerdesk.paths import resource
from partnerdesk.queries.joint.actions import actions
from partnerdesk.queries.joint.feedback import feedback_rows
from partnerdesk.queries.joint.plans import plan_view, plans
from partnerdesk.queries.joint.reviews import ReviewView, review_view
from partnerdesk.reports.format import Formats
from partnerdesk.reports.pack.build import compose
from partnerdesk.reports.pack.data import PackData
from partnerdesk.store import Store

TODAY, DUE = date(2026, 11, 19), date(2026, 12, 1)


@pytest.fixture
def review(session: Session) -> int:
    add_rows(session, [Partner(id="P-1", name="Nordlys Data")])
    add_rows(session, [Person(id="H-1", name="Ilse van Dorp", side="partner", partner="P-1")])
    add_rows(session, [Person(id="V-1", name="Rui Silva", side="vendor")])
    return life.add_review(session, "P-1", "2026Q3", on=TODAY)


def _view(session: Session, review: int) -> ReviewView:
    found = review_view(session, review, TODAY)
    assert found is not None
    return found


def test_a_typed_line_takes_owner_and_day_out(session: Session, review: int) -> None:
    note_line(session, review, "decision", "One joint price for Borealis @ilse 1 dec", on=TODAY)
    note_line(session, review, "win", "Helios went live in nine days", on=TODAY)
    note_line(session, review, "commitment", "Send the price model @rui in 7 days", on=TODAY)
    view = _view(session, review)
    (decision,) = view.of("decision")
    assert (decision.text, decision.owner, decision.due) == ("One joint price for Borealis", "Ilse van Dorp", DUE)
    assert [win.text for win in view.of("win")] == ["Helios went live in nine days"]
    (promised,) = view.commitments
    assert (promised.side, promised.owner, promised.due) == ("vendor", "Rui Silva", TODAY + timedelta(days=7))
    with pytest.raises(Refused, match="Type what was said"):
        note_line(session, review, "win", "  ", on=TODAY)


def test_a_line_becomes_a_commitment_of_its_owner_s_side_once(session: Session, review: int) -> None:
    item = note_line(session, review, "learning", "Kick-offs with the department @ilse 1 dec", on=TODAY)
    action = make_commitment(session, item, on=TODAY)
    (promised,) = _view(session, review).commitments
    assert (promised.id, promised.side, promised.owner, promised.due) == (action, "partner", "Ilse van Dorp", DUE)
    assert _view(session, review).of("learning")[0].became == f"action {action}"
    with pytest.raises(Refused, match="commitment already"):
        make_commitment(session, item, on=TODAY)


def test_an_objective_is_recalibrated_in_the_next_version_of_an_agreed_plan(session: Session, review: int) -> None:
    id = joint_plans.add_plan(
        session, "P-1", start=date(2026, 1, 1), end=date(2026, 12, 31), on=TODAY, with_template=False
    )
    joint_plans.change_plan(session, id, {"partner_goals": ""}, partner_goals="Grow the practice")
    both = {
        "vendor_commitment": "Engineer",
        "vendor_owner": "Rui",
        "partner_commitment": "Lab",
        "partner_owner": "Ilse",
    }
    add_objective(session, id, title="Three health logos", due=DUE, **both)
    joint_plans.agree_plan(session, id, on=TODAY, by="Rui and Ilse")
    item = note_line(session, review, "recalibrate", "Three health logos", on=TODAY)
    other = note_line(session, review, "recalibrate", "Two references in Norway", on=TODAY)
    changed = make_plan_change(session, item, on=TODAY)
    assert make_plan_change(session, other, on=TODAY) == changed != id
    (newest,) = plans(session, "P-1")
    assert (newest.id, newest.version, newest.status) == (changed, 2, "draft")
    view = plan_view(session, changed, TODAY)
    assert view is not None
    assert [o.title for o in view.objectives] == ["Three health logos", "Two references in Norway"]
    assert "Review of Q3 2026" in view.objectives[0].why
    with pytest.raises(Refused, match="changed the plan already"):
        make_plan_change(session, item, on=TODAY)


def test_without_a_plan_a_line_changes_none(session: Session, review: int) -> None:
    item = note_line(session, review, "recalibrate", "Three health logos", on=TODAY)
    with pytest.raises(Refused, match="no joint plan"):
        make_plan_change(session, item, on=TODAY)


def test_decisions_with_owner_and_day_are_owed_after_the_meeting(session: Session, review: int) -> None:
    note_line(session, review, "decision", "One joint price @ilse 1 dec", on=TODAY)
    note_line(session, review, "decision", "We look at it again", on=TODAY)
    note_line(session, review, "commitment", "Price model @rui fri", on=TODAY)
    held = life.hold_review(session, review, on=TODAY)
    assert (held.actions, held.decisions, held.sha256) == (2, 1, "")  # no program, no figures
    assert {a.text for a in actions(session, TODAY, only_open=True)} == {"One joint price", "Price model"}
    with pytest.raises(Refused, match="was held"):
        note_line(session, review, "win", "Too late", on=TODAY)


def test_a_copy_takes_people_agenda_place_and_order_along(session: Session, review: int) -> None:
    life.change_review(session, review, {"place": "", "minutes": 90}, place="Bergen", minutes=60)
    life.order_pages(session, review, ("score", "summary"))
    note_line(session, review, "win", "Helios live", on=TODAY)
    view = _view(session, life.duplicate_review(session, review, "2026Q4", on=TODAY))
    assert (view.review.place, view.review.minutes, view.review.status) == ("Bergen", 60, "draft")
    assert [a.name for a in view.attendees] == ["Ilse van Dorp"]
    assert view.order == ("score", "summary") and not view.of("win") and view.minutes == 90


def test_a_review_is_of_a_month_a_quarter_or_half_a_year(session: Session, review: int) -> None:
    month = _view(session, life.add_review(session, "P-1", "2026-10", on=TODAY))
    half = _view(session, life.add_review(session, "P-1", "2026H1", on=TODAY))
    assert (month.review.minutes, month.minutes) == (30, 30)
    assert (half.review.minutes, half.minutes) == (120, 120)
    for wrong in ("2026-13", "2026Q5", "2026H3", "0001Q1", "Q3 2026"):
        with pytest.raises(Refused, match="no month, quarter or half"):
            life.add_review(session, "P-1", wrong, on=TODAY)


def test_feedback_is_ours_until_it_is_marked_as_shareable(session: Session, review: int) -> None:
    first = heard.add_feedback(session, "P-1", day=TODAY, text="They answer within the hour", said_by="Borealis")
    heard.add_feedback(session, "P-1", day=DUE, text="Slides, no demo", voice="field team", metric="quality")
    assert [row.text for row in feedback_rows(session, "P-1")] == ["Slides, no demo", "They answer within the hour"]
    assert feedback_rows(session, "P-1", only_shareable=True) == ()
    heard.change_feedback(session, first, {"shareable": False}, shareable=True)
    assert [row.id for row in feedback_rows(session, "P-1", only_shareable=True)] == [first]
    with pytest.raises(Refused, match="no voice"):
        heard.add_feedback(session, "P-1", day=TODAY, text="Hm", voice="neighbour")
    life.remove_review(session, review)


@pytest.fixture
def measured(tmp_path: Path) -> Iterator[Store]:
    """A small book with a program and one partner."""
    store = Store.create(tmp_path / "Small.partnerdesk", user="Ann")

    def fill(session: Session) -> None:
        for file in sorted(resource("programs/fennmark").glob("*.toml")):
            add_version(session, file.read_text(encoding="utf-8"), file.name)
        add_rows(session, [Partner(id="P-1", name="Nordlys Data", joined=date(2026, 1, 1), language="nb_NO")])
        life.add_review(session, "P-1", "2026Q3", on=TODAY, day=TODAY)
        note_line(session, 1, "win", "Helios went live in nine days", on=TODAY)

    store.transact("Fill", fill)
    yield store
    store.close()


def test_drafted_wins_count_in_words_because_the_page_numbers_them(measured: Store) -> None:
    kept = {"outcome": "renewed", "outcome_on": date(2026, 8, 3)}
    rows = [
        Customer(id="C-1", name="Helios"),
        Contract(id="K-1", partner="P-1", customer="C-1", start=date(2025, 8, 4), end=date(2026, 8, 3), **kept),
    ]
    measured.transact("Facts", add_rows, rows)
    id = measured.transact("Review", partial(life.add_review, on=TODAY), "P-1", "2026-08").value
    view = measured.read(review_view, id, TODAY)
    assert view is not None
    assert [(i.text, i.detail) for i in view.of("win")] == [("One customer renewed", "in the period")]


def test_the_pack_of_a_held_review_is_made_again_byte_for_byte(measured: Store) -> None:
    measured.transact("Hold", life.hold_review, 1, on=TODAY)
    shown = measured.read(pack_to_print, "P-1", "2026Q3", TODAY, review=1)
    measured.transact("Rename", change_row, "partner", "P-1", {"name": "Nordlys Data"}, name="Another name")
    record = measured.read(record_of, 1)
    assert record is not None and record.pack == shown.pack and record.file == shown.name
    assert canonical_pack(record.pack) == canonical_pack(shown.pack)
    formats = Formats(record.locale, english=True)
    assert compose(record.pack, formats).content == compose(shown.pack, formats).content


def test_undo_takes_the_holding_back_with_its_record(measured: Store) -> None:
    measured.transact("Hold", life.hold_review, 1, on=TODAY)
    measured.undo()
    assert measured.read(record_of, 1) is None
    assert measured.read(review_view, 1, TODAY).review.status == "draft"  # type: ignore[union-attr]
    measured.redo()
    assert measured.read(record_of, 1) is not None


def test_a_held_review_and_all_its_parts_refuse_every_path(measured: Store) -> None:
    measured.transact("Title", life.set_page, 1, "score", title="Better than it looks")
    measured.transact("Order", life.order_pages, 1, ("summary", "renewals", "score"))
    measured.transact("Hold", life.hold_review, 1, on=TODAY)
    assert measured.read(_view, 1).order == ("summary", "renewals", "score")
    for write in (
        "UPDATE review SET quarter = '2026Q2'",
        "DELETE FROM review",
        "UPDATE review_page SET position = 9",
        "UPDATE review_record SET sha256 = 'x'",
        "DELETE FROM review_record",
        "INSERT INTO review_item (review, kind, position, text) VALUES (1, 'win', 1, 'Late')",
    ):
        with pytest.raises(Refused, match="was held"):
            measured.transact("Write", lambda session, sql=write: session.execute(text(sql)) and None)
    noted = "Ask about the new director"
    measured.transact("Note", life.change_review, 1, {"internal_notes": ""}, internal_notes=noted)


def test_only_what_may_be_quoted_is_in_the_pack(measured: Store) -> None:
    def say(session: Session) -> None:
        heard.add_feedback(session, "P-1", day=TODAY, text="They answer within the hour", shareable=True)
        heard.add_feedback(session, "P-1", day=TODAY, text="Slides, no demo", voice="field team")
        heard.add_feedback(session, "P-1", day=date(2026, 6, 1), text="Long ago", shareable=True)

    measured.transact("Hear", say)
    pack = measured.read(pack_to_print, "P-1", "2026Q3", TODAY, review=1).pack
    assert isinstance(pack, PackData)
    assert [quote.text for quote in pack.appendix.quotes] == ["They answer within the hour"]
    shown = "".join(placed.text for placed in compose(pack, Formats("en_GB", english=True)).placed)
    assert "They answer within the hour" in shown and "no demo" not in shown


def test_a_first_review_invites_the_people_that_the_book_knows(session: Session, review: int) -> None:
    assert [(a.name, a.side) for a in _view(session, review).attendees] == [("Ilse van Dorp", "partner")]
