"""An action or a note in one typed line that names its partner, and a reminder of what a partner owes."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Partner, Person
from partnerdesk.errors import Refused
from partnerdesk.ops.joint.action_bulk import wait_for
from partnerdesk.ops.joint.actions import add_action, carry_over
from partnerdesk.ops.joint.capture import Captured, capture, captured
from partnerdesk.ops.mail.nudging import nudge
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.queries.joint.actions import action_row, actions
from partnerdesk.queries.joint.notes import notes
from partnerdesk.queries.partners.people import Names, names

THURSDAY = date(2026, 11, 19)


@pytest.fixture
def known(session: Session) -> Names:
    rows = [
        Partner(id="P-1", name="Nordlys Data", language="de_DE"),
        Partner(id="P-2", name="Nordlys Data Sweden"),
        Partner(id="P-3", name="Łużyca Systemy"),
        Person(id="H-1", name="Ilse van Loosdijk", side="partner", partner="P-1"),
        Person(id="H-2", name="Ilse Berg", side="partner", partner="P-2"),
        Person(id="H-3", name="Tobias Rendlow", side="vendor"),
    ]
    add_rows(session, rows)
    return names(session)


def _meant(line: str, known: Names, at_hand: str = "", kind: str = "action") -> dict[str, Any]:
    found: Captured = captured(line, THURSDAY, known, at_hand, kind)
    said = {"text": found.text, "partner": found.partner, "owner": found.owner, "due": found.due, "asked": found.asked}
    return {name: value for name, value in said.items() if value}


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("Demo >luz fri", {"text": "Demo", "partner": "P-3", "due": date(2026, 11, 20)}),
        (
            ">nordlys data Call @ilse +2w",
            {"text": "Call", "partner": "P-1", "owner": "Ilse van Loosdijk", "due": date(2026, 12, 3)},
        ),
        (">nordlys data sweden Call @ilse", {"text": "Call", "partner": "P-2", "owner": "Ilse Berg"}),
        ("Call >nord", {"text": "Call >nord", "asked": "nord"}),
        ("Move from 3 > 5 and a->b", {"text": "Move from 3 > 5 and a->b"}),
        ("Call @tob next week", {"text": "Call", "owner": "Tobias Rendlow", "due": date(2026, 11, 23)}),
        ("Renew +1m", {"text": "Renew", "due": date(2026, 12, 19)}),
    ],
)
def test_a_line_names_its_partner_owner_and_day(known: Names, line: str, meant: dict[str, Any]) -> None:
    assert _meant(line, known) == meant


def test_the_partner_at_hand_is_taken_unless_the_line_names_another(known: Names) -> None:
    assert _meant("Call @ilse", known, "P-2") == {"text": "Call", "partner": "P-2", "owner": "Ilse Berg"}
    assert _meant("Call >luz", known, "P-2")["partner"] == "P-3"


def test_marks_and_a_beginning_make_it_internal_shared_or_a_note(session: Session, known: Names) -> None:
    assert captured("Ask !internal for terms", THURSDAY, known, "P-1") == Captured(
        "action", "Ask for terms", "P-1", "Nordlys Data", "", "", "vendor", None, True
    )
    capture(session, "note: >luz R&D moves to @fri !shared", on=THURSDAY, author="Ann")
    (note,) = notes(session)
    assert (note.partner, note.text, note.internal, note.author) == ("P-3", "R&D moves to @fri", False, "Ann")


def test_without_a_partner_nothing_is_written(session: Session, known: Names) -> None:
    with pytest.raises(Refused, match="needs a partner"):
        capture(session, "Call fri", on=THURSDAY, author="Ann")
    assert actions(session, THURSDAY) == ()


def test_an_action_keeps_where_it_came_from_when_it_is_carried_over(session: Session, known: Names) -> None:
    given = {"partner": "P-1", "on": THURSDAY, "author": "Ann"}
    id = capture(session, "Find the signed order @ilse fri", dispute="D-3", **given)
    row = action_row(session, THURSDAY, id)
    assert row is not None and (row.source, row.dispute, row.owner) == ("dispute", "D-3", "Ilse van Loosdijk")
    later = action_row(session, THURSDAY, carry_over(session, id, due=date(2026, 12, 1), on=THURSDAY))
    assert later is not None and later.dispute == "D-3"
    need = action_row(session, THURSDAY, capture(session, "Two exams", need="Certified engineers", **given))
    assert need is not None and (need.source, need.need) == ("need", "Certified engineers")


def test_what_waits_stays_open_and_says_for_whom(session: Session, known: Names) -> None:
    id = add_action(session, "P-1", text="Offer", side="vendor", on=THURSDAY)
    wait_for(session, [id], reason="legal")
    row = action_row(session, THURSDAY, id)
    assert row is not None and row.is_open and row.waiting == "legal"
    wait_for(session, [id], reason="")
    assert action_row(session, THURSDAY, id).waiting == ""  # type: ignore[union-attr]


def test_a_reminder_speaks_the_partners_language_and_holds_only_what_is_theirs(session: Session, known: Names) -> None:
    def add(text: str, side: str = "partner", partner: str = "P-1", **given: Any) -> int:
        return add_action(session, partner, text=text, side=side, on=THURSDAY, **given)

    due = date(2026, 12, 1)
    shown = add("Name the engineers", due=due, owner="Ilse van Loosdijk")
    ids = [shown, add("Our own", side="vendor"), add("Behind the scenes", internal=True)]
    made = nudge(session, ids, THURSDAY, "Ann")
    assert (made.partner_name, made.count, made.left_out) == ("Nordlys Data", 1, 2)
    assert made.text.startswith("Guten Tag Ilse van Loosdijk,") and made.text.rstrip().endswith("Ann")
    assert "– Name the engineers (01. Dez. 2026)" in made.text
    assert "Our own" not in made.text and "Behind" not in made.text
    with pytest.raises(Refused, match="one partner"):
        nudge(session, [shown, add("Other", partner="P-2")], THURSDAY, "Ann")
    with pytest.raises(Refused, match="on the partner's side"):
        nudge(session, ids[1:], THURSDAY, "Ann")
    with pytest.raises(Refused, match="was not made"):
        nudge(session, [add("Do it like Łużyca Systemy")], THURSDAY, "Ann")
