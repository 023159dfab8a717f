"""Clauses: what is agreed beside the figures is read, checked, said, and told to the partners it is for."""

from datetime import date

import pytest

from partnerdesk.engine.facts import Partner
from partnerdesk.program.diff import differences
from partnerdesk.program.words import rule_words
from tests.engine.cases import problems, program

PROGRAM = """
program = "p"
version = "1"
effective_from = 2026-01-01

[clause.audit]
kind = "audit"
says = "Audit"
reference = "G-2"
text = "Once a year either side may look into the records of what was paid."

[clause.nordic]
kind = "regional"
says = "Nordic holidays"
text = "Answers wait for the end of July."
partner = { region = "Nordics" }
from = 2026-02-01
until = 2026-12-31
"""


def test_a_clause_is_said_as_it_is_written() -> None:
    said = {w.key: w for w in rule_words(program(PROGRAM))}
    assert said["clause.audit"].sentence == "Once a year either side may look into the records of what was paid."
    assert (said["clause.audit"].title, said["clause.audit"].reference) == ("Audit", "G-2")
    assert said["clause.nordic"].sentence == (
        "For partners whose region is Nordics: Answers wait for the end of July. "
        "It holds from 1 Feb 2026 until 31 Dec 2026."
    )


def test_a_partner_hears_the_clauses_that_are_for_it() -> None:
    north, south = Partner(id="A", name="A", region="Nordics"), Partner(id="B", name="B", region="Iberia")
    version = program(PROGRAM)
    assert [w.key for w in rule_words(version, north)] == ["clause.audit", "clause.nordic"]
    assert [w.key for w in rule_words(version, south)] == ["clause.audit"]
    own = rule_words(version, north)[1]
    assert own.sentence.startswith("Answers wait"), "whom else it is for is not said"


def test_a_changed_clause_is_a_difference() -> None:
    later = program(PROGRAM.replace("Once a year", "Twice a year"))
    (change,) = differences(program(PROGRAM), later)
    assert (change.what, change.title) == ("changed", "Audit")
    assert change.before.startswith("Once") and change.after.startswith("Twice")


@pytest.mark.parametrize(
    ("before", "after", "place", "words"),
    [
        ("Answers wait for the end of July.", " ", "clause.nordic.text", "says nothing"),
        ("until = 2026-12-31", "until = 2026-01-31", "clause.nordic.until", "before the first one"),
        ("from = 2026-02-01\nuntil = 2026-12-31", "until = 2025-12-31", "clause.nordic.until", "before the version"),
        ("region =", "regoin =", "clause.nordic.partner", "no attribute regoin"),
        ('partner = { region = "Nordics" }', "", "clause.nordic", "names no region"),
        ('kind = "audit"', 'kind = "audits"', "clause.audit.kind", "audit"),
    ],
)
def test_what_is_wrong_with_a_clause_is_said_where_it_stands(before: str, after: str, place: str, words: str) -> None:
    found = problems(PROGRAM.replace(before, after))
    assert any(place in str(p) and words in str(p) for p in found), found


def test_the_days_of_a_clause_are_dates() -> None:
    clause = program(PROGRAM).clause["nordic"]
    assert (clause.since, clause.until) == (date(2026, 2, 1), date(2026, 12, 31))
