"""Opening statements in a book: typed or imported with evidence, confirmed like a close, frozen, carried on."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import delete, update

from partnerdesk.engine.facts import Contract, Customer, Deal, Opening, Partner
from partnerdesk.errors import Refused
from partnerdesk.models.facts import TABLES
from partnerdesk.ops.openings.entering import enter_opening, remove_opening
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows, change_row
from partnerdesk.ops.statements.closing import close_period
from partnerdesk.ops.statements.documents import statement_document
from partnerdesk.ops.statements.exports import export_statements
from partnerdesk.ops.statements.replaying import replay
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import evaluation
from partnerdesk.queries.statements.archive import closed_statements
from partnerdesk.queries.statements.closing import run, statement_periods
from partnerdesk.queries.statements.openings import openings
from partnerdesk.store import Store
from tests.engine.test_opening import PROGRAM
from tests.files import bring, csv_file

D, DAY, AS_OF, MOMENT = Decimal, date(2026, 6, 30), date(2026, 10, 31), "2026-10-31T09:00:00Z"
HELD = {"kind": "vesting", "amount": D(600), "due": date(2026, 9, 30), "line": "L-7", "earning": "upfront"}
BALANCES: list[dict[str, Any]] = [
    {**HELD, "contract": "K", "deal": "OLD"},
    {"kind": "paid", "amount": D(400), "line": "L-7", "event": date(2026, 1, 10)},
    {"kind": "payable", "amount": D(250)},
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A book that begins in July with a partner whose business is older."""
    rows = [
        Partner(id="A", name="Alder Oy"),
        Customer(id="C", name="Customer"),
        Deal(id="OLD", partner="A", customer="C", status="won", closed=date(2026, 1, 10), amount=D(10000)),
        Contract(id="K", partner="A", customer="C", deal="OLD", start=date(2026, 1, 10), end=date(2027, 1, 9)),
        Deal(id="NEW", partner="A", customer="C", status="won", closed=date(2026, 7, 10), amount=D(2000)),
    ]
    with Store.create(tmp_path / "Book.partnerdesk", user="Ana") as store:
        store.transact("Program", add_version, PROGRAM, "program.toml")
        store.transact("Facts", add_rows, rows)
        yield store


def enter(store: Store, balances: list[dict[str, Any]] = BALANCES, day: date = DAY, evidence: str = "a.xlsx") -> None:
    store.transact("Opening", enter_opening, "A", day, balances, evidence=evidence, by="Ana")


def close(store: Store, label: str, total: str = "") -> None:
    found = Decimal(total) if total else store.read(run, label, AS_OF).total
    store.transact("Close", close_period, label, AS_OF, maker="Ana", checker="Bo", total=found, at=MOMENT)


def opening_of(store: Store, label: str) -> tuple[Decimal, Decimal]:
    row = store.read(evaluation, AS_OF).partners["A"].statements[label].row("opening")
    return row.held, row.payable


def test_an_opening_is_confirmed_with_its_total_and_carried_on(store: Store) -> None:
    enter(store)
    assert store.read(statement_periods, AS_OF)[-1].label == "2026-06"
    assert store.read(run, "2026-07", AS_OF).rows[0].why == "2026-06 is not closed yet"
    row = store.read(run, "2026-06", AS_OF).rows[0]
    assert (row.status, row.opening, row.held, row.payable) == ("ready", D(850), D(600), D(250))
    with pytest.raises(Refused, match=r"is not the total of this run\. Compare"):
        close(store, "2026-06", "849.99")
    close(store, "2026-06", "850.00")
    assert store.read(closed_statements)[0].held == D(600)
    assert opening_of(store, "2026-07") == (D(600), D(250))
    for label in ("2026-07", "2026-08", "2026-09"):
        close(store, label)
    assert [r.difference for r in store.read(replay)] == [""] * 4


def test_balances_without_a_currency_are_in_the_program_s(tmp_path: Path) -> None:
    with Store.create(tmp_path / "Dinars.partnerdesk", user="Ana") as store:
        store.transact("Program", add_version, f'currency = "KWD"\n{PROGRAM}', "program.toml")
        store.transact("Facts", add_rows, [Partner(id="A", name="Alder Oy", currency="KWD")])
        enter(store, [{"kind": "payable", "amount": D("600.005")}])
        (balance,) = store.read(facts, kinds=("opening",)).of("opening")
        assert (balance.amount, balance.currency) == (D("600.005"), "KWD")


def test_a_confirmed_opening_is_frozen_whatever_path_is_taken(store: Store) -> None:
    enter(store)
    close(store, "2026-06")
    (id,) = [r.id for r in store.read(openings)[0].rows if r.kind == "payable"]
    assert store.read(openings)[0].is_confirmed
    table = TABLES["opening"]
    for change in (delete(table), update(table).values(amount=1)):
        with pytest.raises(Refused, match="closed means closed"):
            store.transact("Tamper", lambda s, c=change: s.execute(c))
    with pytest.raises(Refused, match="closed means closed"):
        store.transact("Edit", change_row, "opening", id, {}, amount=D(1))
    late = Opening(id="late", partner="A", day=DAY, kind="payable", amount=D(1))
    with pytest.raises(Refused, match="closed means closed"):
        store.transact("Late", add_rows, [late])
    with pytest.raises(Refused, match="is closed already: its ledger has begun"):
        enter(store)
    with pytest.raises(Refused, match="is confirmed"):
        store.transact("Remove", remove_opening, "A")
    assert opening_of(store, "2026-07") == (D(600), D(250))


def test_until_then_it_is_entered_anew_undone_and_removed(store: Store) -> None:
    enter(store)
    enter(store, [{"kind": "payable", "amount": D(1)}])
    assert opening_of(store, "2026-07") == (0, D(1))
    store.undo()
    assert opening_of(store, "2026-07") == (D(600), D(250))
    store.transact("Remove", remove_opening, "A")
    assert store.read(openings) == ()


def test_a_churn_after_the_opening_takes_back_what_was_paid_before(store: Store) -> None:
    enter(store)
    close(store, "2026-06")
    gone = {"outcome": "churned", "outcome_on": date(2026, 8, 5)}
    store.transact("Churn", change_row, "contract", "K", {}, **gone)
    row = store.read(evaluation, AS_OF).partners["A"].statements["2026-08"].row("clawback")
    assert (row.held, row.payable) == (D(-600), D(-400))
    told = store.read(statement_document, "A", "2026-08", AS_OF).corrections
    assert {(d.statement, d.original, d.vested) for d in told.values()} == {("ST-2026-06", D(1000), D(400))}
    for label in ("2026-07", "2026-08"):
        close(store, label)
    assert not [row for row in store.read(replay) if row.difference]


@pytest.mark.parametrize(
    ("balances", "day", "evidence", "says"),
    [
        (BALANCES, DAY, " ", "name their evidence"),
        ([], DAY, "x", "at least one balance"),
        (BALANCES, date(2026, 6, 29), "x", "ends no statement period"),
        ([{"kind": "payable", "amount": D(-1)}], DAY, "x", "is above zero"),
        ([{"kind": "payable", "amount": D(1), "due": DAY}], DAY, "x", "has no day of release"),
        ([{**HELD, "earning": "other"}], DAY, "x", "no earning “other”"),
    ],
)
def test_what_is_wrong_is_refused(store: Store, balances: Any, day: date, evidence: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        enter(store, balances, day, evidence)
    assert store.read(openings) == ()


FILE = """Partner,Balance date,Balance kind,Balance,Released on,Former line,Earning
Alder Oy,2026-06-30,vesting,600.00,2026-09-30,L-7,upfront
Alder Oy,2026-06-30,payable,250.00,,,
"""


def test_a_file_of_balances_is_its_own_evidence(store: Store, tmp_path: Path) -> None:
    assert bring(store, csv_file(tmp_path, FILE, "balances.csv")).new == 2
    assert {(r.kind, r.amount, r.due) for r in store.read(openings)[0].rows} == {
        ("vesting", D(600), date(2026, 9, 30)),
        ("payable", D(250), None),
    }
    entries = store.read(evaluation, AS_OF).partners["A"].statements["2026-06"].entries
    assert {e.reference for e in entries} == {"balances.csv, row 2", "balances.csv, row 3"}
    with pytest.raises(Refused, match="came from a file"):
        enter(store)


def test_balances_without_evidence_block_the_close(store: Store) -> None:
    store.transact("Add", add_rows, [Opening(id="o", partner="A", day=DAY, kind="payable", amount=D(1))])
    row = store.read(run, "2026-06", AS_OF).rows[0]
    assert (row.status, row.why) == ("blocked", "its opening balances name no evidence")


def test_the_opening_statement_is_a_document_that_ties(store: Store, tmp_path: Path) -> None:
    enter(store)
    close(store, "2026-06")
    (made,) = store.read(export_statements, "2026-06", AS_OF, tmp_path / "out", pages=True)
    summary = openpyxl.load_workbook(made.workbook, data_only=True)["1 Summary"]
    rows = {row[1].value: [c.value for c in row[2:6]] for row in summary.iter_rows() if row[1].value}
    assert "Opening statement" in rows
    assert rows["Balances taken over"] == [600, 250, 850, "a.xlsx"]
    assert rows["Closing balance"][:3] == [600, 250, 850]
    assert [v[3:] for k, v in rows.items() if k.startswith(("Movements", "Detail"))] == [["OK"], ["OK"]]
