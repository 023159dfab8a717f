"""Reviews, their commitments, and notes: what is promised, kept, carried over, and what a held record forbids."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Partner, Person
from partnerdesk.errors import Refused
from partnerdesk.ops.joint import actions as todo
from partnerdesk.ops.joint import notes as writing
from partnerdesk.ops.joint import reviews as life
from partnerdesk.ops.joint.attending import add_attendees, attending
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.queries.joint.actions import ActionRow, action_row, actions
from partnerdesk.queries.joint.notes import note_row, notes
from partnerdesk.queries.joint.reviews import ReviewView, kept_by_review, review_view, reviews

AUGUST, TODAY = date(2026, 8, 18), date(2026, 11, 19)


@pytest.fixture
def review(session: Session) -> int:
    add_rows(session, [Partner(id="P-1", name="Nordlys Data")])
    return life.add_review(session, "P-1", "2026Q2", on=AUGUST, day=AUGUST)


def _view(session: Session, review: int, day: date = TODAY) -> ReviewView:
    view = review_view(session, review, day)
    assert view is not None
    return view


def _action(session: Session, id: int, day: date = TODAY) -> ActionRow:
    row = action_row(session, day, id)
    assert row is not None
    return row


def test_a_new_review_starts_with_an_agenda_of_ninety_minutes(session: Session, review: int) -> None:
    view = _view(session, review)
    assert (view.review.status, view.review.partner_name, view.minutes) == ("draft", "Nordlys Data", 90)
    first = view.of("agenda")[0]
    assert (first.text, first.page) == ("What each side expects of the other", "")  # nothing was promised yet


def test_the_next_review_takes_people_and_agenda_along_and_opens_with_what_was_promised(
    session: Session, review: int
) -> None:
    life.add_attendee(session, review, name="Ilse van Dorp", side="partner", role="Alliance lead")
    extra = life.add_item(session, review, "agenda", text="Roadmap", minutes=20)
    life.move_item(session, extra, 1)
    ours = todo.add_action(session, "P-1", text="Engineer on site", side="vendor", on=AUGUST, review=review)
    life.change_review(session, review, {}, time="10:00", place="Aarhus")
    life.hold_review(session, review, on=AUGUST, next_review=date(2026, 11, 24))
    second = life.add_review(session, "P-1", "2026Q3", on=TODAY)
    view = _view(session, second)
    agreed = view.review
    assert (agreed.day, agreed.time, agreed.place) == (date(2026, 11, 24), "10:00", "Aarhus")
    late = life.add_review(session, "P-1", "2026Q4", on=date(2027, 2, 1))  # the day that was agreed has passed
    assert _view(session, late).review.day is None
    assert [a.name for a in view.attendees] == ["Ilse van Dorp"]
    looks_back = view.of("agenda")[1]
    assert (view.of("agenda")[0].text, looks_back.text, looks_back.page) == (
        "Roadmap",
        "Commitments of last quarter",
        "2",
    )
    assert [a.id for a in view.previous] == [ours] and view.previous_review is not None
    assert view.previous_review.quarter == "2026Q2"
    assert [r.quarter for r in reviews(session, "P-1")] == ["2026Q4", "2026Q3", "2026Q2"]


def test_a_list_of_people_becomes_attendees_by_what_the_book_knows_of_them(session: Session, review: int) -> None:
    rows = [
        Partner(id="P-9", name="Harbour IT GmbH"),
        Person(id="H-1", name="Tobias Reuter", side="partner", partner="P-9", role="CTO", email="t.reuter@harbour.de"),
        Person(id="H-2", name="Rosa Kim", side="vendor", role="Partner lead", email="rosa@ours.example"),
    ]
    add_rows(session, rows)
    id = life.add_review(session, "P-9", "2026Q3", on=TODAY)
    text = """Reuter, Tobias <T.Reuter@harbour.de>; Kim Rosa, Head of partners; Jo Berg <jo@ours.example>;
    Ina Holt (Harbour IT); Lee <lee@gmail.com>; Max <max@harbour.de>"""
    found = attending(session, id, text)
    assert [(one.name, one.side, one.role, one.why) for one in found] == [
        ("Tobias Reuter", "partner", "CTO", "attends already"),
        ("Rosa Kim", "vendor", "Head of partners", "known"),
        ("Jo Berg", "vendor", "", "by the address"),
        ("Ina Holt", "partner", "", "by the company"),
        ("Lee", "partner", "", "unknown: taken as theirs"),
        ("Max", "partner", "", "by the address"),
    ]
    assert len(add_attendees(session, id, found)) == 5
    with pytest.raises(Refused, match="attends already"):
        add_attendees(session, id, attending(session, id, text))


def test_commitments_are_owed_once_the_review_was_held(session: Session, review: int) -> None:
    id = todo.add_action(session, "P-1", text="Demo lab", side="partner", on=AUGUST, due=AUGUST, review=review)
    assert _action(session, id).state == "proposed" and not actions(session, TODAY, only_open=True)
    with pytest.raises(Refused, match="proposed in a review that was not held yet"):
        todo.complete_action(session, id, on=TODAY)
    life.hold_review(session, review, on=AUGUST)
    row = _action(session, id)
    assert (row.state, row.source, row.quarter, row.is_open) == ("late", "review", "2026Q2", True)
    assert row.days_late == (TODAY - AUGUST).days


def test_what_was_kept_is_counted_per_side(session: Session, review: int) -> None:
    ids = [
        todo.add_action(session, "P-1", text=f"{side} {n}", side=side, on=AUGUST, due=date(2026, 9, 30), review=review)
        for side in ("vendor", "partner")
        for n in range(4)
    ]
    future = todo.add_action(
        session, "P-1", text="later", side="vendor", on=AUGUST, due=date(2027, 1, 1), review=review
    )
    life.hold_review(session, review, on=AUGUST)
    for id in ids[:3]:
        todo.complete_action(session, id, on=date(2026, 9, 15), outcome="Six days delivered")
    todo.drop_action(session, ids[4], on=TODAY, reason="Replaced by the roundtable")
    carried = todo.carry_over(session, ids[5], due=date(2026, 12, 11), on=TODAY, reason="Exam moved")
    vendor, partner = kept_by_review(session, TODAY)[review]
    assert (vendor.done, vendor.late, vendor.dropped, vendor.open, vendor.promised) == (3, 1, 0, 1, 5)
    assert (partner.done, partner.late, partner.dropped, partner.open) == (0, 3, 1, 0)
    old = _action(session, ids[5])
    assert (old.carried_to, old.carried_due, old.outcome) == (carried, date(2026, 12, 11), "Exam moved")
    assert old.state == "late" and not old.is_open and old.days_late == 0
    assert {a.id for a in actions(session, TODAY, only_open=True)} == {ids[3], ids[6], ids[7], future, carried}


def test_a_late_action_carried_over_is_finished_there(session: Session) -> None:
    id = todo.add_action(session, "P-1", text="Second engineer", side="partner", on=AUGUST, due=AUGUST)
    with pytest.raises(Refused, match="not after the old one"):
        todo.carry_over(session, id, due=AUGUST, on=TODAY)
    new = todo.carry_over(session, id, due=TODAY, on=TODAY)
    for attempt in (
        lambda: todo.complete_action(session, id, on=TODAY),
        lambda: todo.carry_over(session, id, due=date(2027, 1, 1), on=TODAY),
        lambda: todo.remove_action(session, id),
    ):
        with pytest.raises(Refused, match="A later action took over"):
            attempt()
    todo.complete_action(session, new, on=TODAY)
    assert _action(session, new).state == "done"


def test_a_commitment_carried_over_within_the_review_it_slipped_in_counts_once(session: Session, review: int) -> None:
    id = todo.add_action(session, "P-1", text="Second engineer", side="partner", on=AUGUST, due=AUGUST, review=review)
    life.hold_review(session, review, on=AUGUST)
    second = life.add_review(session, "P-1", "2026Q3", on=TODAY)
    new = todo.carry_over(session, id, due=date(2026, 12, 31), on=TODAY, review=second)
    view = _view(session, second)
    assert [a.id for a in view.commitments] == [new] and [a.id for a in view.previous] == [id]
    assert view.kept("partner").late == 1


def test_actions_end_with_a_reason_and_can_be_reopened(session: Session) -> None:
    id = todo.add_action(session, "P-1", text="Call", side="vendor", on=AUGUST, due=TODAY)
    assert _action(session, id).state == "open"
    with pytest.raises(Refused, match="A dropped action needs a reason"):
        todo.drop_action(session, id, on=TODAY, reason=" ")
    todo.drop_action(session, id, on=TODAY, reason="No longer needed")
    with pytest.raises(Refused, match="This action is dropped"):
        todo.change_action(session, id, {}, text="x")
    todo.reopen_action(session, id)
    with pytest.raises(Refused, match="open already"):
        todo.reopen_action(session, id)
    seen = _action(session, id)
    assert (seen.outcome, seen.ended_on) == ("", None)
    todo.change_action(session, id, seen, owner="R. Silva", due=date(2026, 12, 1))
    with pytest.raises(Refused, match="“due” of this action was 19 Nov 2026 when you opened it and is 1 Dec 2026 now"):
        todo.change_action(session, id, seen, due=None)
    with pytest.raises(TypeError, match="status changes by"):
        todo.change_action(session, id, {}, status="done")
    with pytest.raises(Refused, match="is no side"):
        todo.change_action(session, id, {}, side="both")
    todo.remove_action(session, id)
    assert action_row(session, TODAY, id) is None


def test_a_held_review_stays_as_it_was(session: Session, review: int) -> None:
    person = life.add_attendee(session, review, name="Ilse", side="partner")
    line = life.add_item(session, review, "win", text="Marlow signed")
    promised = todo.add_action(session, "P-1", text="Demo lab", side="partner", on=AUGUST, review=review)
    life.hold_review(session, review, on=AUGUST)
    before = _view(session, review)
    for attempt in (
        lambda: life.change_review(session, review, {}, place="Haarlem"),
        lambda: life.send_review(session, review, on=TODAY),
        lambda: life.hold_review(session, review, on=TODAY),
        lambda: life.remove_review(session, review),
        lambda: life.set_page(session, review, "3", title="x"),
        lambda: life.add_attendee(session, review, name="x", side="vendor"),
        lambda: life.change_attendee(session, person, {}, name="x"),
        lambda: life.remove_attendee(session, person),
        lambda: life.add_item(session, review, "win", text="x"),
        lambda: life.change_item(session, line, {}, text="x"),
        lambda: life.move_item(session, line, 1),
        lambda: life.remove_item(session, line),
    ):
        with pytest.raises(Refused, match="The review of Q2 2026 was held on 18 Aug 2026; its record stays as it was"):
            attempt()
    with pytest.raises(Refused, match="its commitments stand"):
        todo.add_action(session, "P-1", text="x", side="vendor", on=TODAY, review=review)
    with pytest.raises(Refused, match="A held review recorded this action"):
        todo.remove_action(session, promised)
    assert _view(session, review) == before
    life.change_review(session, review, {}, internal_notes="They look at a rival", next_review=date(2026, 12, 1))
    assert _view(session, review).review.internal_notes == "They look at a rival"


def test_words_on_pages_come_and_go(session: Session, review: int) -> None:
    life.set_page(session, review, "score", title="Three defects decide")
    life.set_page(session, review, "score", narrative="Two are fixed.")
    page = _view(session, review).pages["score"]
    assert (page.title, page.narrative) == ("Three defects decide", "Two are fixed.")
    life.set_page(session, review, "score", title="")
    assert _view(session, review).pages["score"].title == ""


def test_checks_name_what_the_pack_still_lacks(session: Session) -> None:
    id = life.add_review(session, "P-1", "2026Q3", on=TODAY)
    todo.add_action(session, "P-1", text="Demo lab", side="partner", on=TODAY, review=id)
    life.add_item(session, id, "ask", text="Name an owner for Borealis")
    assert [(c.page, c.sentence) for c in _view(session, id).checks] == [
        ("1", "The review has no date."),
        ("1", "Nobody attends for the vendor."),
        ("1", "Nobody attends for the partner."),
        ("8", "Commitment 1 has no owner: Demo lab"),
        ("8", "Commitment 1 has no date: Demo lab"),
        ("1", "An ask has no date: Name an owner for Borealis"),
    ]


def test_wrong_reviews_are_refused(session: Session, review: int) -> None:
    for attempt, words in (
        (lambda: life.add_review(session, "P-1", "2026Q2", on=TODAY), "has a review of Q2 2026 already"),
        (lambda: life.add_review(session, "P-1", "Q2/2026", on=TODAY), "is no month, quarter"),
        (lambda: life.add_item(session, review, "hope", text="x"), "is no part of a review"),
        (lambda: life.add_item(session, review, "win", text=""), "This win needs words"),
        (lambda: life.add_item(session, review, "agenda", text="x", minutes=0), "at least one minute"),
        (lambda: life.hold_review(session, review, on=TODAY, next_review=AUGUST), "not after this one"),
    ):
        with pytest.raises(Refused, match=words):
            attempt()
    with pytest.raises(TypeError, match="verbs"):
        life.change_review(session, review, {}, status="held")


def test_a_review_that_was_sent_can_be_removed_with_its_proposals(session: Session, review: int) -> None:
    life.set_page(session, review, "score", title="x")
    id = todo.add_action(session, "P-1", text="Demo lab", side="partner", on=AUGUST, review=review)
    note = writing.add_note(session, "P-1", day=AUGUST, text="Prepared", review=review)
    life.send_review(session, review, on=AUGUST)
    life.remove_review(session, review)
    assert action_row(session, TODAY, id) is None and not reviews(session)
    row = note_row(session, note)
    assert row is not None and row.review is None


def test_notes_are_internal_unless_said_otherwise(session: Session) -> None:
    add_rows(session, [Partner(id="P-1", name="Nordlys Data")])
    inner = writing.add_note(session, "P-1", day=AUGUST, text="They look at a rival", author="R. Silva")
    open_one = writing.add_note(session, "P-1", day=TODAY, text="Go-live moved", kind="call", internal=False)
    assert [n.id for n in notes(session, "P-1")] == [open_one, inner]
    assert [n.id for n in notes(session, "P-1", with_internal=False)] == [open_one]
    assert [n.id for n in notes(session, limit=1)] == [open_one] and notes(session, "P-2") == ()
    seen = note_row(session, inner)
    writing.change_note(session, inner, seen, text="They look at two rivals")
    with pytest.raises(Refused, match="“text” of this note was “They look at a rival” when you opened it"):
        writing.change_note(session, inner, seen, text="x")
    for attempt, words in (
        (lambda: writing.add_note(session, "P-1", day=TODAY, text=" "), "A note needs words"),
        (lambda: writing.change_note(session, inner, {}, kind="rumour"), "is no kind of note"),
    ):
        with pytest.raises(Refused, match=words):
            attempt()
    action = todo.add_action(session, "P-1", text="Call", side="vendor", on=TODAY, note=inner)
    assert _action(session, action).source == "note"
    writing.remove_note(session, inner)
    assert note_row(session, inner) is None and _action(session, action).note is None
