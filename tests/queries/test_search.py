"""Searching: a few letters find anything, whatever their case and accents."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Customer, Deal, Partner, Person
from partnerdesk.engine.folding import folded
from partnerdesk.ops.joint import reviews as life
from partnerdesk.ops.joint.actions import add_action
from partnerdesk.ops.joint.notes import add_note
from partnerdesk.ops.joint.plan_parts import add_objective
from partnerdesk.ops.joint.plans import add_plan
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.queries.search import search

TODAY = date(2026, 11, 19)


@pytest.fixture
def book(session: Session) -> Session:
    partners = [
        Partner(id="P-1", name="Łużyca Systemy", city="Zielona Góra"),
        Partner(id="P-2", name="Việt Sông Tech", legal_name="Viet Song JSC"),
        Partner(id="P-3", name="Fjellbrø Consulting"),
        Partner(id="P-4", name="Delta"),
    ]
    rows = [
        *partners,
        Person(id="H-1", name="Świętosław Czarnołęska", side="partner", partner="P-1"),
        Customer(id="C-1", name="Q&T Mobile <Labs>"),
        Deal(id="D-1042", partner="P-4", customer="C-1", name="Pilot: $5k to $10k", expected_close=TODAY),
        Deal(id="D-7", partner="P-3", name="", status="won", closed=TODAY),
    ]
    add_rows(session, rows)
    return session


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("luzyca", "Łużyca Systemy"),
        ("ŁUŻYCA sys", "Łużyca Systemy"),
        ("viet song", "Việt Sông Tech"),
        ("fjellbro", "Fjellbrø Consulting"),
        ("FJELLBRØ", "Fjellbrø Consulting"),
        ("czarnoleska", "Świętosław Czarnołęska"),
        ("zielona gora", "Łużyca Systemy"),
        ("jsc", "Việt Sông Tech"),
        ("d-1042", "Pilot: $5k to $10k"),
        ("$5k", "Pilot: $5k to $10k"),
        ("q&t <labs>", "Pilot: $5k to $10k"),
        ("d-7", "Deal D-7"),
    ],
)
def test_letters_find_names_whatever_their_case_and_accents(book: Session, typed: str, found: str) -> None:
    assert search(book, typed)[0].title == found


def test_nothing_is_found_for_nothing_and_for_what_is_not_there(book: Session) -> None:
    assert search(book, "  ") == () and search(book, "luzyca delta") == () and search(book, "%") == ()


def test_titles_that_begin_with_the_letters_come_first_and_partners_before_deals(book: Session) -> None:
    add_rows(book, [Deal(id="D-9", partner="P-3", name="Delta migration"), Partner(id="P-9", name="Alpha Delta")])
    titles = [hit.title for hit in search(book, "delta")]
    assert titles == ["Delta", "Delta migration", "Alpha Delta", "Pilot: $5k to $10k"]
    assert [hit.kind for hit in search(book, "delta", kinds=("deal",))] == ["deal", "deal"]
    assert len(search(book, "delta", limit=1)) == 1


def test_what_people_wrote_is_found_with_its_partner(book: Session) -> None:
    plan = add_plan(book, "P-1", start=date(2026, 1, 1), end=date(2026, 12, 31), on=TODAY)
    add_objective(book, plan, title="Win three hospitals")
    review = life.add_review(book, "P-2", "2026Q3", on=TODAY)
    life.add_item(book, review, "win", text="Grønvik signed", detail="the largest deal")
    add_action(book, "P-3", text="Send the price model", side="vendor", on=TODAY, owner="Ingrid Sætre")
    add_note(book, "P-4", day=TODAY, text="They compare us with a suite. " * 5, people="Jørn")
    found = {
        typed: [(h.kind, h.partner_name) for h in search(book, typed)]
        for typed in ("hospitals", "gronvik", "price model", "saetre", "suite jorn")
    }
    assert found == {
        "hospitals": [("plan", "Łużyca Systemy")],
        "gronvik": [("review", "Việt Sông Tech")],
        "price model": [("action", "Fjellbrø Consulting")],
        "saetre": [("action", "Fjellbrø Consulting")],
        "suite jorn": [("note", "Delta")],
    }
    (hit,) = search(book, "suite jorn")
    assert len(hit.title) <= 80 and hit.title.endswith("…") and hit.day == TODAY


def test_a_change_is_found_at_once(book: Session) -> None:
    assert search(book, "aardvark") == ()
    add_note(book, "P-1", day=TODAY, text="Aardvark")
    assert len(search(book, "aardvark")) == 1


@given(st.text())
def test_folding_knows_no_case_and_is_stable(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    ("text", "plain"),
    [("Straße", "strasse"), ("Æther–Œuvre", "aether-oeuvre"), ("İI", "ii"), ("Acme™ ﬁrst", "acmetm first")],
)
def test_letters_without_a_plain_twin_are_written_out(text: str, plain: str) -> None:
    assert folded(text) == plain
