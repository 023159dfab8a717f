"""Why a balance of the sample book differs between closed statements and days."""

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from partnerdesk.__main__ import main
from partnerdesk.engine.facts import Deal, Partner
from partnerdesk.engine.figures.replay import replay
from partnerdesk.errors import Refused
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.ops.statements import differences as telling
from partnerdesk.ops.statements.closing import close_period
from partnerdesk.ops.statements.differences import compared, compared_figures, correction, why_corrected
from partnerdesk.ops.statements.documents import statement_document
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import outcome
from partnerdesk.queries.statements.archive import closed_statements
from partnerdesk.queries.statements.closing import run
from partnerdesk.reports.format import Formats
from partnerdesk.reports.statement.phrases import rules_words
from partnerdesk.store import Store

TODAY = date(2026, 11, 19)


def test_closed_statements_are_met_to_the_cent(sample: Store) -> None:
    for partner in ("P-01", "P-04", "P-10"):
        rows = sample.read(closed_statements, partner)
        for after, before in pairwise(rows[:4]):
            found = sample.read(compared, partner, before.period, after.period, TODAY)
            assert (found.found.start, found.found.end) == (before.closing, after.closing)
            assert (found.off, found.found.residual) == ((0, 0), 0)
            assert found.found.total == sum((step.amount for step in found.found.steps), Decimal(0))


def test_the_last_closed_statement_against_today_is_the_default(sample: Store) -> None:
    found = sample.read(compared, "P-04", "", "", TODAY)
    assert (found.before.key, found.after.key) == ("2026-09", "today")
    balance = sum((entry.amount for entry in sample.read(outcome, "P-04", TODAY).entries), Decimal(0))
    assert found.found.end == balance
    assert {step.cause for step in found.found.steps} == {"day passed", "new data", "changed data", "payment"}


def test_a_new_version_is_named_in_words(sample: Store) -> None:
    found = sample.read(compared, "P-01", "2026-06", "2026-08", TODAY)
    step = next(s for s in found.found.steps if s.cause == "program version")
    assert "earning.recurring.rate" in step.keys
    assert "earning.recurring" in [change.key for change in found.changes]
    assert found.titles["earning.recurring"] == "Recurring commission"


def test_figures_tell_the_same(sample: Store) -> None:
    plain = sample.read(compared, "P-01", "2026-06", "", TODAY).found
    traced = sample.read(compared_figures, "P-01", "2026-06", "", TODAY)
    assert [(s.cause, s.amount) for s in plain.steps] == [(s.cause, replay(s.amount)) for s in traced.steps]


def test_a_past_day_is_compared_with_what_was_known_then(sample: Store) -> None:
    found = sample.read(compared, "P-04", "2026-10-31", "today", TODAY).found
    changed = next(s for s in found.steps if s.cause == "changed data")
    columns = [c for part in changed.parts for row in part.rows for c in row.columns]
    assert ("status", "open", "won") in columns


def test_a_partner_of_the_sample_takes_less_than_a_blink(sample: Store) -> None:
    sample.read(compared, "P-04", "2026-05", "", TODAY)
    took = []
    for _ in range(3):
        start = time.process_time()
        sample.read(compared, "P-04", "2026-05", "", TODAY)
        took.append(time.process_time() - start)
    assert min(took) < 0.6, "half of that is usual; the screen reads it away from the window"


def test_a_true_up_agrees_with_the_causes_of_its_lines(own: Store) -> None:
    """A payment of a closed month that is known late, of a contract that pays a recurring commission."""
    payments = [t for t in own.read(facts, "P-04", kinds=("transaction",)).of("transaction") if t.kind == "payment"]
    told = next(t for t in payments if t.day and date(2026, 7, 1) <= t.day <= date(2026, 9, 30))
    late = replace(told, id="LATE", day=date(2026, 8, 20), source=None)
    own.transact("Add", add_rows, [late])
    found = own.read(outcome, "P-04", TODAY)
    corrections = [e for e in found.entries if e.kind == "trueup" and e.period.label == "2026-10"]
    assert corrections
    for line in {e.line for e in corrections}:
        entries = [e for e in corrections if e.line == line]
        causes = own.read(correction, entries[0], TODAY)
        assert sum((c.amount for c in causes), Decimal(0)) == sum((e.amount for e in entries), Decimal(0))
        assert {c.cause for c in causes} == {"new data"}
        assert "LATE" in {row.id for c in causes for row in c.part.rows}
    shown = own.read(why_corrected, "P-04", f"entry|{corrections[0].id}", TODAY)
    assert shown.causes == own.read(correction, corrections[0], TODAY)
    given_back = corrections[0]._replace(reference=f"{corrections[0].id}:spared")
    assert own.read(correction, given_back, TODAY) == (), "settlement had taken it: nothing moved"


@pytest.mark.parametrize(
    ("partner", "before", "after", "words"),
    [
        ("P-99", "", "", "no partner P-99"),
        ("P-04", "2026-10", "", "no closed statement 2026-10"),
        ("P-04", "", "2027-01-01", "still to come"),
    ],
)
def test_what_cannot_be_compared_is_refused(sample: Store, partner: str, before: str, after: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        sample.read(compared, partner, before, after, TODAY)


PROGRAM = """
program = "p"
version = "old"
effective_from = 2026-01-01
statements = "month"

[earning.share]
says = "Revenue share"
type = "SHARE"
on = "deal won"
base = "amount"
rate = 0.10
"""
REACHING_BACK = """
[transition]
applies_to = "retroactive"
since = 2026-05-01
"""


@pytest.fixture
def reaching_back(tmp_path: Path) -> Iterator[Store]:
    """April closed under one version; May and June under one of July that reaches back to the first of May."""
    later = PROGRAM.replace('"old"', '"new"').replace("2026-01-01", "2026-07-01").replace("0.10", "0.08")
    deals = [
        Deal(id=f"D{month}", partner="P", status="won", closed=date(2026, month, 5), amount=Decimal(1000))
        for month in (4, 5)
    ]
    with Store.create(tmp_path / "Book.partnerdesk", user="Ana") as store:
        store.transact("Add", add_rows, [Partner(id="P", name="P Ltd", joined=date(2026, 4, 1)), *deals], system="t")
        store.transact("Add", add_version, PROGRAM, "old.toml")
        _close(store, "2026-04", date(2026, 7, 20))
        store.transact("Add", add_version, later + REACHING_BACK, "new.toml")
        for label in ("2026-05", "2026-06"):
            _close(store, label, date(2026, 7, 20))
        yield store


def _close(store: Store, label: str, as_of: date) -> None:
    total = store.read(run, label, as_of).total
    at = "2026-07-20T09:00:00Z"
    store.transact("Close", close_period, label, as_of, maker="Ana", checker="Bo", total=total, at=at)


def test_a_version_that_reaches_back_is_a_cause_of_its_own(reaching_back: Store) -> None:
    rows = {row.period: row for row in reaching_back.read(closed_statements, "P")}
    assert [rows[label].closing for label in ("2026-04", "2026-05", "2026-06")] == [Decimal(100), 180, 180]
    found = reaching_back.read(compared, "P", "2026-04", "2026-05", date(2026, 7, 20))
    assert [(step.cause, step.amount) for step in found.found.steps] == [("day passed", 100), ("program version", -20)]
    for before, after in (("2026-04", "2026-05"), ("2026-05", "2026-06")):
        found = reaching_back.read(compared, "P", before, after, date(2026, 7, 20))
        assert (found.found.start, found.found.end) == (rows[before].closing, rows[after].closing)
        assert (found.off, found.residual) == ((0, 0), 0)
        assert found.after.version == "new"


def test_a_statement_names_the_versions_that_its_lines_are_under(reaching_back: Store) -> None:
    def rules(label: str) -> str:
        document = reaching_back.read(statement_document, "P", label, date(2026, 7, 20))
        return rules_words(document, Formats())

    assert rules("2026-04").startswith("old, from ")
    assert rules("2026-05").startswith("new, from ") and rules("2026-05").endswith(", reaching back")
    assert rules("2026-06").startswith("old, from "), "it has no line: the version in force"


def test_what_does_not_come_out_again_is_the_residual(
    reaching_back: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(telling, "_ruling", lambda programs, *_: programs[:1])
    found = reaching_back.read(compared, "P", "2026-04", "2026-05", date(2026, 7, 20))
    assert (found.off, found.found.residual, found.residual) == ((0, -20), 0, -20)
    asked = ["difference", "--book", str(reaching_back.path), "--partner", "P", "--since", "2026-04"]
    assert main([*asked, "--until", "2026-05", "--as-of", "2026-07-20", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)["partners"]["P"]
    assert (told["residual"], told["before"]["residual"], told["after"]["residual"]) == ("-20.00", "0.00", "-20.00")
