"""When a partner's periods begin under several versions: what only a later one looks at gives earlier ones no line."""

from datetime import date
from typing import Any

import pytest

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Certification, Deal, Partner
from partnerdesk.engine.semantics import BEGINS_BY_VERSION, NEWEST
from tests.engine.cases import facts, program

AS_OF = date(2026, 6, 30)
RETAINER = """
program = "p"
version = "{version}"
effective_from = {day}
statements = "quarter"

[metric.counted]
says = "Counted"
of = "{of}"
take = "count"
{whose}

[earning.retainer]
says = "Retainer"
type = "RETAINER"
on = "period end"
every = "quarter"
amount = 100
"""
ROWS: list[Any] = [
    Partner(id="A", name="Alder"),
    Deal(id="D1", partner="A", status="won", closed=date(2025, 8, 1)),
    Certification(id="C1", partner="A", person="Ada", certificate="Basics", awarded=date(2025, 2, 1)),
]


def text(version: str, day: str, of: str, whose: str = "") -> str:
    return RETAINER.format(version=version, day=day, of=of, whose=whose)


FIRST, BY_PEOPLE = text("1", "2025-01-01", "deal"), text("2", "2026-01-01", "certification")
FOR_GROUPS = text("2", "2026-01-01", "deal", 'whose = "group"')


def days(texts: list[str], rows: list[Any], semantics: int = NEWEST, as_of: date = AS_OF) -> list[str]:
    programs = [program(one) for one in texts]
    found = evaluate(programs, facts(rows), as_of, semantics=semantics).partners["A"]
    return [line.event.isoformat() for line in found.lines]


SINCE_DEAL = ["2025-09-30", "2025-12-31", "2026-03-31", "2026-06-30"]
SINCE_CERTIFICATE = ["2025-03-31", "2025-06-30", *SINCE_DEAL]


def test_what_a_later_version_counts_gives_the_one_before_no_line() -> None:
    assert days([FIRST], ROWS) == SINCE_DEAL
    assert days([FIRST, BY_PEOPLE], ROWS) == SINCE_DEAL
    assert days([BY_PEOPLE.replace("2026-01-01", "2025-01-01")], ROWS) == SINCE_CERTIFICATE


def test_closed_statements_are_computed_as_they_were() -> None:
    assert days([FIRST, BY_PEOPLE], ROWS, BEGINS_BY_VERSION - 1) == SINCE_CERTIFICATE


def test_under_the_later_version_its_periods_begin_with_its_own_first_day() -> None:
    assert days([FIRST, BY_PEOPLE], [ROWS[0], ROWS[2]]) == ["2026-03-31", "2026-06-30"]


def test_those_that_only_a_later_version_counts_begin_nothing_before_it() -> None:
    rows = [*ROWS[:2], Partner(id="B", name="Beech", parent="A")]
    rows.append(Deal(id="D2", partner="B", status="won", closed=date(2025, 2, 1)))
    assert days([FIRST, FOR_GROUPS], rows) == SINCE_DEAL


@pytest.mark.parametrize("semantics", [NEWEST, BEGINS_BY_VERSION - 1])
def test_a_version_to_come_begins_nothing_yet(semantics: int) -> None:
    found = days([FIRST, BY_PEOPLE], ROWS, semantics, date(2025, 12, 31))
    assert found == (SINCE_DEAL if semantics == NEWEST else SINCE_CERTIFICATE)[: 2 if semantics == NEWEST else 4]
