"""What everybody may read of a version names no partner, wherever the text does."""

from pathlib import Path

import pytest

from partnerdesk.engine.rules import Program
from partnerdesk.ops.programs.guide import guide_data
from partnerdesk.paths import resource
from partnerdesk.program.public import Public, public
from partnerdesk.program.reader import read_file, read_program
from partnerdesk.program.words import metric_sentence, rule_words
from partnerdesk.reports.guide import compose

TEXT = """
program = "p"
version = "1"
effective_from = 2026-01-01
currency = "EUR"

[metric.sales]
says = "Sales"
of = "deal"
where = { status = "won", partner.name = "Ardent Secret" }
times = [[{ factor = 2, where = { partner.id = "P-SECRET" } }, { factor = 1 }]]

[metric.all_sales]
says = "All sales"
of = "deal"

[[tier]]
name = "Base"
[[tier]]
name = "Gold"
requires = { any = [{ metric = "all_sales", above = 10 }, { partner = { id = "P-SECRET" } }] }

[earning.anchor]
says = "Anchor"
type = "A"
on = "deal won"
base = "amount"
rate = { entries = [{ rate = 0.3, where = { partner.id = "P-SECRET" } }, { rate = 0.1 }] }

[earning.own]
says = "Secret bonus"
type = "B"
on = "deal won"
where = { partner = "P-SECRET" }
amount = 5

[earning.follows]
says = "Secret follower"
type = "C"
on = "earning"
earning = "own"
rate = 0.1

[cap.top]
says = "Top"
of = ["anchor", "own"]
at_most = 100

[module.referral]
says = "Referral terms"
partner = { type = "referral" }
drops = ["earning.own", "earning.follows"]
[module.referral.earning.anchor]
rate = 0.2

[module.special]
says = "Secret module"
partner = { id = ["P-SECRET", "P-OTHER"] }
[module.special.earning.anchor]
rate = 0.4

[clause.common]
says = "Audit"
kind = "audit"
text = "Records are open."

[clause.special]
says = "Secret clause"
text = "Secret text."
partner = { name = "Ardent Secret" }

[[example]]
says = "A deal of anybody"
as_of = 2026-03-31
covers = ["earning.anchor"]
facts.partner = [{ id = "P1", name = "One" }]
facts.deal = [{ id = "D1", partner = "P1", status = "won", closed = 2026-02-01, amount = 100 }]
expect = [{ figure = "anchor:D1", value = 10 }]

[[example]]
says = "A deal of a partner by name"
as_of = 2026-03-31
covers = ["earning.anchor"]
facts.partner = [{ id = "P-SECRET", name = "Ardent Secret" }]
facts.deal = [{ id = "D1", partner = "P-SECRET", status = "won", closed = 2026-02-01, amount = 100 }]
expect = [{ figure = "anchor:D1", value = 40 }]
"""


@pytest.fixture
def program() -> Program:
    read = read_program(TEXT, "p.toml")
    assert read.program is not None, read.problems
    return read.program


def said(program: Program) -> str:
    words = [f"{w.title} {w.sentence} {w.parameters}" for w in rule_words(program)]
    return "\n".join([*words, *(metric_sentence(program, name) for name in program.metric)])


def test_no_sentence_names_a_partner(program: Program) -> None:
    assert "SECRET" in said(program)
    found = said(public(program).program)
    assert "secret" not in found.lower()
    assert "P-OTHER" not in found


def test_what_is_for_all_or_for_a_kind_stays(program: Program) -> None:
    told = public(program).program
    assert list(told.earning) == ["anchor"]
    assert list(told.module) == ["referral"]
    assert list(told.clause) == ["common"]
    assert told.cap["top"].of == ("anchor",)
    found = said(told)
    assert "it is agreed with the partner" in found
    assert "Whose facts it counts is agreed with the partner." in found
    assert "10" in found
    assert "20" in found


def test_what_is_missing_is_named_for_who_writes_the_guide(program: Program) -> None:
    found = public(program)
    assert found.left_out == ("Secret module", "Secret clause", "Secret bonus", "Secret follower")
    assert found.named == {"P-SECRET", "P-OTHER", "Ardent Secret"}


def test_a_version_without_names_is_told_whole() -> None:
    read = read_file(resource("programs/fennmark/2026.2.toml"))
    assert read.program is not None
    assert public(read.program) == Public(read.program, (), frozenset())


def test_the_guide_names_no_partner_and_shows_no_case_of_one(tmp_path: Path) -> None:
    file = tmp_path / "p.toml"
    file.write_text(TEXT, "utf-8")
    pages = "".join(placed.text for placed in compose(guide_data(file)).placed)
    assert "anybody" in pages
    assert "secret" not in pages.lower()
