"""Pathways, sessions and gaps: what builds on what, who stands where, and what the engine says is missing."""

from datetime import date

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Certification, Deal, Partner
from partnerdesk.errors import Refused
from partnerdesk.models.book import book
from partnerdesk.ops.enablement import pathways as ways
from partnerdesk.ops.enablement.sessions import add_attendee, log_session, remove_session, set_result
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.queries.enablement.gaps import NEXT_TIER, OWN_TIER, enablement_gaps
from partnerdesk.queries.enablement.held import COVERED, EXPIRED, EXPIRES, HELD, OPEN, WAITS, Walker, holdings, walkers
from partnerdesk.queries.enablement.pathways import Pathway, Route, pathways

TODAY = date(2026, 6, 15)
PROGRAM = """
program = "taught"
version = "1"
effective_from = 2026-01-01
currency = "EUR"

[metric.experts]
says = "Certified experts"
of = "certification"
where = { certificate = "Cloud Architect" }
take = "distinct"
value = "person"
window = "in force"
unit = "people"

[metric.clinics]
says = "Clinics held"
of = "activity"
where = { kind = ["clinic", "co-marketing"] }
take = "count"
window = "whole year"

[tiers]
every = "quarter"
moves = "automatic"

[[tier]]
name = "Base"

[[tier]]
name = "Plus"
requires = { metric = "experts", at_least = 1 }

[[tier]]
name = "Prime"
requires = { all = [{ metric = "experts", at_least = 2 }, { metric = "clinics", at_least = 1 }] }
"""


def certified(person: str, title: str, awarded: date, expires: date | None, level: str = "") -> Certification:
    return Certification(
        id=f"{person}/{title}/{awarded}",
        partner="P-1",
        person=person,
        certificate=title,
        level=level,
        awarded=awarded,
        expires=expires,
    )


@pytest.fixture
def taught(session: Session) -> Session:
    """A partner with an expert, one whose certificate ran out, and one at the beginning; a pathway of three steps."""
    session.execute(
        insert(book).values(one=1, id="taught", name="Taught", created="2026-01-01T00:00:00Z", sample=False)
    )
    add_version(session, PROGRAM, "taught.toml")
    add_rows(
        session,
        [
            Partner(id="P-1", name="Nordlys Data", joined=date(2026, 1, 1)),
            Deal(id="D-1", partner="P-1", status="won", closed=date(2026, 1, 20)),
            certified("Ada Berg", "Cloud Basics", date(2025, 9, 1), None),
            certified("Ada Berg", "Cloud Architect", date(2025, 9, 10), date(2026, 8, 31)),
            certified("Bo Ek", "Cloud Basics", date(2024, 1, 1), date(2026, 1, 1)),
            certified("Bo Ek", "Cloud Architect", date(2024, 1, 1), date(2026, 1, 1)),
            certified("Cy Dahl", "Cloud Basics", date(2026, 5, 1), date(2028, 5, 1)),
        ],
    )
    id = ways.add_pathway(session, name="Delivery", product="Cloud")
    ways.add_step(session, id, title="Cloud Basics")
    ways.add_step(session, id, title="Architecture clinic", form="training", months=12)
    ways.add_step(session, id, title="Cloud Architect")
    return session


def delivery(session: Session) -> Pathway:
    (found,) = pathways(session)
    return found


def on_it(session: Session, person: str) -> Walker:
    found = walkers(delivery(session), holdings(session, "P-1", TODAY), TODAY)
    return next(w for w in found if w.person == person)


def test_each_person_stands_somewhere_on_the_pathway(taught: Session) -> None:
    states = {name: [s.state for s in on_it(taught, name).steps] for name in ("Ada Berg", "Bo Ek", "Cy Dahl")}
    assert states == {
        "Ada Berg": [HELD, COVERED, EXPIRES],  # whoever holds what builds on it was taught it
        "Bo Ek": [EXPIRED, COVERED, EXPIRED],  # what was taught stays taught
        "Cy Dahl": [HELD, OPEN, WAITS],
    }
    assert on_it(taught, "Cy Dahl").steps[2].missing == ("Architecture clinic",)
    following = on_it(taught, "Cy Dahl").next_step
    assert following is not None and following.title == "Architecture clinic"


def test_a_session_is_a_fact_and_its_attendance_a_step(taught: Session) -> None:
    people = {"Cy Dahl": "attended", "Bo Ek": "absent"}
    id = log_session(taught, "P-1", day=date(2026, 6, 1), title="Architecture clinic", kind="clinic", people=people)
    cy = on_it(taught, "Cy Dahl")
    assert [s.state for s in cy.steps] == [HELD, HELD, OPEN]
    held = cy.steps[1].held
    assert held is not None and held.expires == date(2027, 6, 1), "the step says how long it holds"
    assert on_it(taught, "Bo Ek").steps[1].held is None, "who was absent was not taught"
    with pytest.raises(Refused, match="Cy Dahl is on the list of this session already"):
        add_attendee(taught, id, "Cy Dahl")
    remove_session(taught, id)
    assert on_it(taught, "Cy Dahl").steps[1].state == OPEN


def test_gaps_are_the_engines_and_say_how_they_are_closed(taught: Session) -> None:
    gaps = {(g.asks, g.metric): g for g in enablement_gaps(taught, "P-1", TODAY)}
    assert set(gaps) == {(NEXT_TIER, "experts"), (NEXT_TIER, "clinics"), (OWN_TIER, "experts")}
    missing = gaps[NEXT_TIER, "experts"]
    assert (missing.name, missing.value, missing.needed, missing.missing) == ("Prime", 1, 2, 1)
    assert missing.routes == (Route("Delivery", "Cloud Architect"),)
    assert [(c.person, c.step, c.is_renewal) for c in missing.candidates] == [
        ("Bo Ek", "Cloud Basics", True),
        ("Cy Dahl", "Architecture clinic", False),
    ]
    held = gaps[OWN_TIER, "experts"]
    assert held.met and (held.left_90, held.left_180) == (0, 0)
    assert [(h.person, h.title) for h in held.expiring] == [("Ada Berg", "Cloud Architect")]
    assert held.first_loss == date(2026, 8, 31)
    clinics = gaps[NEXT_TIER, "clinics"]
    assert clinics.sessions == ("clinic",) and not clinics.routes


def test_what_was_taught_closes_its_gap(taught: Session) -> None:
    log_session(taught, "P-1", day=date(2026, 6, 1), title="Architecture clinic", kind="clinic", people=["Cy Dahl"])
    add_rows(taught, [certified("Cy Dahl", "Cloud Architect", date(2026, 6, 10), date(2028, 6, 10))], system="exam")
    gaps = enablement_gaps(taught, "P-1", TODAY)
    assert [(g.asks, g.metric, g.met, g.left_180) for g in gaps] == [(NEXT_TIER, "experts", True, 1)]


def test_without_a_pathway_the_gap_names_what_the_program_names(taught: Session) -> None:
    ways.remove_pathway(taught, delivery(taught).id)
    found = next(g for g in enablement_gaps(taught, "P-1", TODAY) if g.metric == "experts")
    assert found.routes == (Route("", "Cloud Architect"),)
    assert [(c.person, c.is_renewal) for c in found.candidates] == [("Bo Ek", True)]


def test_steps_never_wait_in_a_circle(taught: Session) -> None:
    basics, clinic, architect = delivery(taught).steps
    assert (clinic.needs, architect.needs) == ((basics.id,), (clinic.id,))
    with pytest.raises(Refused, match="would wait for each other"):
        ways.set_needs(taught, basics.id, [architect.id])
    ways.set_needs(taught, basics.id, [])
    ways.remove_step(taught, clinic.id)
    assert [(s.title, s.needs) for s in delivery(taught).steps] == [
        ("Cloud Basics", ()),
        ("Cloud Architect", (basics.id,)),
    ]
    other = ways.add_pathway(taught, name="Sales")
    step = ways.add_step(taught, other, title="Pitch")
    with pytest.raises(Refused, match="steps of its own pathway"):
        ways.set_needs(taught, step, [basics.id])
    with pytest.raises(Refused, match="a pathway “SALES” already"):
        ways.add_pathway(taught, name="SALES")


def test_only_known_words_are_taken(taught: Session) -> None:
    with pytest.raises(Refused, match="“party” is no kind of session"):
        log_session(taught, "P-1", day=TODAY, title="Summer", kind="party")
    id = log_session(taught, "P-1", day=TODAY, title="Basics", people=["Cy Dahl"])
    row = add_attendee(taught, id, "Bo Ek")
    with pytest.raises(Refused, match="“bored” is no result"):
        set_result(taught, row, "bored")
    set_result(taught, row, "failed")
    assert not [h for h in holdings(taught, "P-1", TODAY) if h.person == "Bo Ek" and h.title == "Basics"]
