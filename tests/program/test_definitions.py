"""Metrics that several programs share, included by name and version."""

import re
from pathlib import Path

import pytest

from partnerdesk.program.reader import read_file, read_program
from partnerdesk.program.reference import EXAMPLE

SHARED = """\
definitions = "harbour-shared"
version = "1"

# Kept when it is included.
[metric.new_customers]
says = "New customers"
of = "deal"
where = { status = "won", kind = "new" }
take = "distinct"
value = "customer"
day = "closed"
"""
PROGRAM = EXAMPLE.replace('currency = "EUR"', 'currency = "EUR"\ninclude = ["harbour-shared 1"]', 1).replace(
    '{ metric = "certified", at_least = 1 }', '{ metric = "new_customers", at_least = 1 }', 1
)


@pytest.fixture
def program(tmp_path: Path) -> Path:
    (tmp_path / "shared.toml").write_text(SHARED, encoding="utf-8")
    (tmp_path / "harbour.toml").write_text(PROGRAM, encoding="utf-8")
    return tmp_path / "harbour.toml"


def test_a_program_uses_what_it_includes(program: Path) -> None:
    read = read_file(program)
    assert read.program is not None, read.problems
    assert "new_customers" in read.program.metric and "certified" in read.program.metric
    assert read.program.included["harbour-shared"].version == "1"


def test_the_complete_text_can_be_read_alone_and_is_the_same_version(program: Path) -> None:
    first = read_file(program)
    assert first.program is not None
    alone = read_program(first.text, "from a book")
    assert alone.program is not None, alone.problems
    assert (alone.program.sha256, alone.text) == (first.program.sha256, first.text)
    assert "# Kept when it is included." not in PROGRAM and "[metric.new_customers]" in alone.text


def test_definitions_that_change_later_change_no_kept_version(program: Path) -> None:
    kept = read_file(program).text
    shared = program.parent / "shared.toml"
    shared.write_text(SHARED.replace('kind = "new"', 'kind = "upsell"'), encoding="utf-8")
    again = read_program(kept, "from a book", (program.parent,))
    assert again.program is not None
    assert again.program.metric["new_customers"].where[1].one_of == ("new",)


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("harbour-shared 2", "is there in version 1, not 2"),
        ("harbour-sharde 1", "there are no definitions"),
        ("harbour-shared", "does not name definitions and their version"),
    ],
)
def test_what_cannot_be_found_is_told(program: Path, entry: str, told: str) -> None:
    program.write_text(PROGRAM.replace("harbour-shared 1", entry), encoding="utf-8")
    (wrong,) = read_file(program).problems
    assert told in str(wrong) and re.search(r"harbour\.toml, line \d+, include: ", str(wrong))


def test_a_metric_of_the_same_name_is_told(program: Path) -> None:
    own = PROGRAM.replace("[metric.certified]", "[metric.new_customers]", 1).replace('value = "person"\n', "")
    program.write_text(own, encoding="utf-8")
    (wrong,) = read_file(program).problems
    assert "metric new_customers stands in shared.toml, too" in str(wrong)


def test_a_folder_of_programs_may_hold_definitions(program: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from partnerdesk.__main__ import main

    facts = program.parent / "facts"
    facts.mkdir()
    (facts / "deal.csv").write_text("id,partner,kind,status,closed,amount,customer\nD,P,new,won,2026-02-01,10,C\n")
    assert main(["evaluate", str(program.parent), str(facts), "--as-of", "2026-03-31"]) == 0
    assert "harbour" in capsys.readouterr().out
