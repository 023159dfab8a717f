"""Metric audits: the sample is the same for a seed, findings need evidence, and a correction reaches closed periods."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from partnerdesk.engine.money import rounded
from partnerdesk.errors import Refused
from partnerdesk.ops import imports
from partnerdesk.ops.audits.auditing import Finding, finish_audit, record_finding, start_audit
from partnerdesk.ops.audits.documents import write_audit
from partnerdesk.ops.audits.sampling import Counted, in_strata, sample
from partnerdesk.ops.rows.facts import remove_row
from partnerdesk.ops.statements.exports import export_statements
from partnerdesk.queries.audits import audit_named, audits
from partnerdesk.queries.facts import fact
from partnerdesk.queries.figures import evaluation
from partnerdesk.reports.format import Formats
from partnerdesk.store import Store
from tests.files import csv_file
from tests.ops.disputes.disputed import AS_OF, LATER, MOMENT, opened
from tests.reports.statement_reader import read

PERIOD = "2025Q1"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path, "pay") as store:
        yield store


def started(store: Store, metric: str, size: int = 20, seed: int = 7) -> str:
    said = {"size": size, "seed": seed, "on": LATER, "by": "Ana", "at": MOMENT}
    return str(store.transact("Audit", start_audit, "P1", metric, PERIOD, **said).value)


def recorded(store: Store, id: str, number: int, finding: str, **more: Any) -> None:
    given = Finding(finding=finding, evidence=more.pop("evidence", "order in the archive"), **more)
    store.transact("Finding", record_finding, id, number, given, on=LATER, by="Ana")


def audited_metric(store: Store) -> str:
    """A metric that counts deals, with its rows."""
    found = store.read(evaluation, LATER).partners["P1"].metrics
    return next(name for name, label in found if label == PERIOD and found[name, label].counted)


def test_a_sample_is_the_same_for_a_seed_whatever_the_order_and_takes_from_every_stratum() -> None:
    rows = [Counted("deal", f"D{n}", Decimal(n**3)) for n in range(1, 101)]
    drawn = sample(rows, 12, 7)
    assert drawn == sample(rows[::-1], 12, 7) != sample(rows, 12, 8)
    assert [d.stratum for d in drawn] == sorted([1, 2, 3, 4] * 3)
    strata = in_strata(rows, 4)
    assert len(strata[0]) < len(strata[-1]) and sum(map(len, strata)) == 100
    assert len(sample(rows[:5], 12, 7)) == 5 and sample([], 12, 7) == []
    assert {d.row.id for d in sample(rows, 100, 1)} == {row.id for row in rows}


def test_rows_of_no_amount_are_one_stratum() -> None:
    rows = [Counted("certification", f"C{n}", Decimal(0)) for n in range(9)]
    assert {d.stratum for d in sample(rows, 4, 1)} == {1}


def test_an_audit_records_findings_with_evidence_and_ends_with_a_conclusion(store: Store, tmp_path: Path) -> None:
    id = started(store, audited_metric(store))
    found = store.read(audit_named, id)
    assert 0 < len(found.rows) <= found.counted and found.result.endswith("to look at")
    with pytest.raises(Refused, match="names its evidence"):
        recorded(store, id, 1, "right", evidence=" ")
    with pytest.raises(Refused, match="Only a row that is wrong"):
        recorded(store, id, 1, "right", withdraw=True)
    with pytest.raises(Refused, match="still to be looked at"):
        store.transact("Finish", finish_audit, id, conclusion="fine", on=LATER, by="Ana")
    for row in found.rows:
        recorded(store, id, row.number, "wrong" if row.number == 1 else "right", note="12 seats, not 10")
    store.transact("Finish", finish_audit, id, conclusion="One row of many", on=LATER, by="Bo")
    done = store.read(audit_named, id)
    assert done.result == f"1 of {len(done.rows)} wrong"
    with pytest.raises(Refused, match="is finished"):
        recorded(store, id, 1, "right")
    book = openpyxl.load_workbook(store.read(write_audit, id, tmp_path / "out"))
    words = {str(cell.value) for row in book["Summary"].iter_rows() for cell in row if cell.value is not None}
    assert {"One row of many", done.result, "06 May 2025 by Bo"} <= words
    assert book["Sample"].max_row == len(done.rows) + 2
    value = Formats().number(rounded(done.value, 2), 2)
    assert f"{value} EUR" in words, "rounded, with its thousands"
    assert {row[6] for row in book["Sample"].iter_rows(min_row=3, values_only=True)} == {"EUR"}


def test_a_correction_changes_the_fact_and_a_closed_period_gets_its_true_up(store: Store) -> None:
    metric = audited_metric(store)
    id = started(store, metric)
    row = next(r for r in store.read(audit_named, id).rows if r.kind == "deal")
    before = store.read(fact, "deal", row.fact)
    was = store.read(evaluation, LATER).partners["P1"]
    assert not [e for e in was.entries if e.kind == "trueup"]
    amount = before.amount + 100  # type: ignore[union-attr, operator]
    recorded(store, id, row.number, "wrong", changes={"amount": amount})
    now = store.read(evaluation, LATER).partners["P1"]
    assert [e for e in now.entries if e.kind == "trueup"], "what was closed is corrected in the open period"
    kept = next(r for r in store.read(audit_named, id).rows if r.number == row.number)
    assert kept.amount == row.amount and kept.changed.startswith("amount from ")
    store.undo()
    assert store.read(fact, "deal", row.fact) == before
    assert store.read(audit_named, id).rows[0].finding == ""


def test_audits_of_a_metric_are_listed_the_newest_first(store: Store) -> None:
    metric = audited_metric(store)
    ids = [started(store, metric, seed=n) for n in (1, 2)]
    assert [a.id for a in store.read(audits, "P1", metric)] == ids[::-1]
    assert store.read(audits, "P1", "other") == ()
    with pytest.raises(Refused, match="no metric"):
        started(store, "nothing")
    assert AS_OF <= LATER < date(2026, 1, 1)


def test_a_row_that_was_withdrawn_stays_out_of_a_second_import(store: Store, tmp_path: Path) -> None:
    header = "Deal ID,Partner,Customer,Stage,Amount,Currency,Close date\n"
    lines = [f"D-900{n},P1,Osterkamp Verlag,Closed Won,900{n}.50,EUR,2025-02-1{n}\n" for n in (1, 2)]
    file = csv_file(tmp_path, header + "".join(lines))
    store.transact("Import", imports.apply, store.read(imports.preview, file))
    id = started(store, audited_metric(store))
    number = next(row.number for row in store.read(audit_named, id).rows if row.fact == "D-9001")
    recorded(store, id, number, "wrong", withdraw=True)
    again = store.read(imports.preview, file)
    assert not again.has_changes and again.rows_same == 2
    assert f"1 deal was withdrawn in audit {id}. It stays out." in [p.message for p in again.problems]
    store.undo()
    assert not store.read(imports.preview, file).problems


def test_the_correction_of_a_row_that_was_withdrawn_tells_the_finding(store: Store, tmp_path: Path) -> None:
    metric = audited_metric(store)
    id = started(store, metric)
    row = next(r for r in store.read(audit_named, id).rows if r.fact == "D1")
    for kind, hanging in (("deployment", "L1"), ("contract", "K1")):
        store.transact("Remove", remove_row, kind, hanging)
    recorded(store, id, row.number, "wrong", withdraw=True)
    (made,) = store.read(export_statements, "2025-04", LATER, tmp_path, partners=["P1"])
    notes = [str(row["Note"]) for row in read(made.workbook.read_bytes()).tables["Corrections"]]
    told = f"(deal D1, which audit {id} found wrong on {Formats().day(LATER)} and withdrew)"
    assert any(note.endswith(told) for note in notes), notes
