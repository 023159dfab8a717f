"""A row that changes its partner: statements of both say so, name nobody, and leave as drafts as they do closed."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Contract, Customer, Deal, Partner
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows, change_row
from partnerdesk.ops.statements.closing import close_period
from partnerdesk.ops.statements.differences import compared
from partnerdesk.ops.statements.exports import export_statements
from partnerdesk.ops.statements.replaying import replay
from partnerdesk.queries.partners.earned import earned
from partnerdesk.queries.statements import resting
from partnerdesk.queries.statements.closing import run
from partnerdesk.queries.statements.posted_rows import on_statement
from partnerdesk.store import Store
from tests.reports.statement_reader import read

AS_OF = date(2026, 4, 2)
PROGRAM = """
program = "p"
version = "1"
effective_from = 2026-01-01
statements = "month"

[earning.share]
says = "Revenue share"
type = "SHARE"
on = "deal won"
base = "amount"
rate = 0.10
vests = [{ share = 0.5 }, { share = 0.5, after_months = 6 }]
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """January and February are closed; then a deal of January goes over to the other partner, whose first is of
    February, one of February is worth less, and one of January was not known.
    """
    first, late = date(2026, 1, 5), date(2026, 2, 5)
    deals = [_deal("MOVES", "P", first), _deal("KEEPS", "P", late), _deal("OWN", "Q", late)]
    partners = [Partner(id=id, name=f"{id} Ltd", joined=first) for id in "PQ"]
    with Store.create(tmp_path / "Book.partnerdesk", user="Ana") as store:
        store.transact("Add", add_rows, [*partners, *deals], system="t")
        store.transact("Add", add_version, PROGRAM, "p.toml")
        close(store, "2026-01")
        close(store, "2026-02")
        store.transact("Move", change_row, "deal", "MOVES", {"partner": "P"}, partner="Q")
        less = {"amount": Decimal(800)}
        store.transact("Correct", change_row, "deal", "KEEPS", {"amount": Decimal(1000)}, **less)
        store.transact("Late", add_rows, [_deal("LATE", "Q", first)], system="t")
        yield store


def _deal(id: str, partner: str, closed: date) -> Deal:
    return Deal(id=id, partner=partner, status="won", closed=closed, amount=Decimal(1000))


def close(store: Store, label: str) -> None:
    total = store.read(run, label, AS_OF).total
    at = "2026-04-02T09:00:00Z"
    store.transact("Close", close_period, label, AS_OF, maker="Ana", checker="Bo", total=total, at=at)


def corrections(store: Store, partner: str, folder: Path) -> dict[str, tuple[Any, ...]]:
    """Of March's statement by line: where it was posted, as what, by which rule, and the cause."""
    (made,) = store.read(export_statements, "2026-03", AS_OF, folder, partners=[partner])
    rows = read(made.workbook.read_bytes()).tables["Corrections"]
    return {
        str(r["Line"]): (r["Posted in"], r["Original"], r["Vested"], r["Rule"], r["Version"], str(r["Note"]))
        for r in rows
        if ":accrual:" in str(r["Entry"])
    }


def test_draft_and_final_say_the_same_of_both_partners(store: Store, tmp_path: Path) -> None:
    drafts = {partner: corrections(store, partner, tmp_path / "draft") for partner in "PQ"}
    rule = ("earning.share", "v1")
    gone = "no longer earned on today's facts: SHARE of 2026-01 (deal MOVES changed its partner)"
    less = "changed since it was posted: SHARE of 2026-02 (deal KEEPS, amount 1,000 → 800)"
    assert drafts["P"] == {
        "share:MOVES": ("ST-2026-01", 100, 50, *rule, gone),
        "share:KEEPS": ("ST-2026-02", 100, 50, *rule, less),
    }
    late = "known only after the close: SHARE of 2026-01"
    assert drafts["Q"] == {
        "share:MOVES": ("never posted", None, None, *rule, f"{late} (deal MOVES changed its partner)"),
        "share:LATE": ("never posted", None, None, *rule, late),
    }
    close(store, "2026-03")
    assert {partner: corrections(store, partner, tmp_path / "final") for partner in "PQ"} == drafts
    assert all(row.is_same for row in store.read(replay))


def test_a_line_known_late_was_posted_by_the_correction_that_brought_it(store: Store, tmp_path: Path) -> None:
    close(store, "2026-03")
    store.transact("Again", change_row, "deal", "LATE", {"amount": Decimal(1000)}, amount=Decimal(500))
    (made,) = store.read(export_statements, "2026-04", date(2026, 5, 2), tmp_path / "april", partners=["Q"])
    rows = read(made.workbook.read_bytes()).tables["Corrections"]
    assert {(r["Posted in"], r["Original"], r["Vested"]) for r in rows if r["Line"] == "share:LATE"} == {
        ("ST-2026-03", 100, 50)
    }


def test_what_a_period_was_closed_with_is_looked_through_once(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []

    def counted(session: Session, period: str) -> Any:
        looked.append(period)
        return closed_with(session, period)

    closed_with = resting._closed_with
    monkeypatch.setattr(resting, "_closed_with", counted)
    store.transact("Late", add_rows, [_deal("LATE TOO", "P", date(2026, 1, 5))], system="t")
    store.read(export_statements, "2026-03", AS_OF, tmp_path / "both")
    assert looked == ["2026-02"], "both partners have a row that came since"


def test_each_of_several_corrections_in_one_row_of_the_ledger_can_be_named(store: Store) -> None:
    """LATE is corrected by what it makes payable and by what it holds: both stand in one row, and on two of sheet 4."""
    view = store.read(earned, "Q", "2026-03", AS_OF)
    row = next(r for r in view.ledger if "LATE" in r.id)
    assert len(row.parts) > 1 and sum(amount for _, _, amount in row.parts) == row.amount
    assert row.figure.partition("|")[2] in {id for id, _, _ in row.parts}
    close(store, "2026-03")
    for id, _, amount in row.parts:
        found = store.read(on_statement, "Q", id)
        assert (found.line, found.amount) == (id, amount)


def test_a_statement_is_compared_as_it_was_when_its_only_deal_has_gone_to_another_partner(tmp_path: Path) -> None:
    first = date(2026, 1, 5)
    partners = [Partner(id=id, name=f"{id} Ltd", joined=first) for id in "PQ"]
    with Store.create(tmp_path / "Book.partnerdesk", user="Ana") as store:
        store.transact("Add", add_rows, [*partners, _deal("MOVES", "P", first)], system="t")
        store.transact("Add", add_version, PROGRAM, "p.toml")
        close(store, "2026-01")
        store.transact("Move", change_row, "deal", "MOVES", {"partner": "P"}, partner="Q")
        found = store.read(compared, "P", "2026-01", "today", AS_OF)
        assert (found.found.start, found.found.end) == (100, 0)
        assert (found.off, found.residual) == ((0, 0), 0)


CLAWED = """
program = "p"
version = "1"
effective_from = 2026-01-01
statements = "month"

[settlement]
negative = "next period"

[earning.anchor]
says = "Contract commission"
type = "UPFRONT"
on = "contract started"
base = "recurring"
rate = 0.12
vests = [{ share = 0.5 }, { share = 0.5, parts = 5, apart_months = 1, after_months = 1 }]
clawback = [{ if = "churned", within_months = 12, shape = "contract" }]
"""


def test_what_a_late_clawback_waives_is_told_as_the_statement_has_it(tmp_path: Path) -> None:
    """Posted in a later period than the line that it takes back, a debt is waived in another one as well."""
    with Store.create(tmp_path / "Book.partnerdesk", user="Ana") as store:
        partner, customer = Partner(id="P", name="P Ltd"), Customer(id="C", name="C Ltd")
        began = {"start": date(2026, 1, 1), "end": date(2026, 12, 31), "recurring": Decimal(4000)}
        contract = Contract(id="K", partner="P", customer="C", **began)
        store.transact("Add", add_rows, [partner, customer, contract], system="t")
        store.transact("Add", add_version, CLAWED, "p.toml")
        close(store, "2026-01")
        close(store, "2026-02")
        left = {"outcome": "churned", "outcome_on": date(2026, 2, 10)}
        store.transact("Correct", change_row, "contract", "K", {"outcome": "open", "outcome_on": None}, **left)
        close(store, "2026-03")
        for points in (("2026-02", "2026-03"), ("2026-01", "2026-03"), ("2026-03", "2026-01"), ("2026-02", "today")):
            found = store.read(compared, "P", *points, date(2026, 5, 31))
            assert (found.off, found.residual) == ((0, 0), 0), points
            assert sum(step.amount for step in found.found.steps) == found.found.total, points
        causes = [step.cause for step in store.read(compared, "P", "2026-02", "2026-03", AS_OF).found.steps]
        assert causes == ["changed data"]
