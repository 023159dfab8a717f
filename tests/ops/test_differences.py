"""Why a balance of the sample book differs between closed statements and days."""

import time
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from partnerdesk.engine.figures.replay import replay
from partnerdesk.errors import Refused
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.ops.statements.differences import compared, compared_figures, correction, why_corrected
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import outcome
from partnerdesk.queries.statements.archive import closed_statements
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
