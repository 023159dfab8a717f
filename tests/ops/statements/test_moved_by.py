"""A true-up of a line whose own row stands as it stood names what else moved it: a band, a tier, a metric, a rate."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.engine.difference import states
from partnerdesk.engine.difference.rows import rows_of
from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Deal, ExchangeRate, Facts, Partner
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows, change_row, remove_row
from partnerdesk.ops.statements.closing import close_period
from partnerdesk.ops.statements.exports import export_statements
from partnerdesk.ops.statements.replaying import replay
from partnerdesk.ops.statements.returned import read_returned
from partnerdesk.queries.statements.closing import run
from partnerdesk.store import Store
from tests.reports.statement_reader import read

AS_OF = date(2026, 4, 2)
HEAD = """
program = "p"
version = "1"
effective_from = 2026-01-01
statements = "month"

[earning.share]
says = "Revenue share"
type = "SHARE"
on = "deal won"
base = "amount"
"""
BANDS = """
[earning.share.rate.bands]
how = "marginal"
over = "year"
steps = [{ from = 0, rate = 0.10 }, { from = 1500, rate = 0.05 }]
"""
TIERS = """rate = { by_tier = { Seed = 0.05, Tree = 0.10 } }

[metric.revenue]
says = "Won business"
of = "deal"
where = { status = "won" }
window = "trailing 12 months"

[[tier]]
name = "Seed"

[[tier]]
name = "Tree"
requires = { metric = "revenue", at_least = 1_900 }

[tiers]
every = "month"
in_force = "same period"
"""
BONUS = """rate = 0.10

[metric.revenue]
says = "Won business"
of = "deal"
where = { status = "won" }
window = "trailing 12 months"

[earning.bonus]
says = "Bonus"
type = "BONUS"
on = "period end"
every = "month"
base = { metric = "revenue" }
rate = 0.01
"""
LESS = "deal EARLY, amount 1,000 → 800"


def book(folder: Path, rules: str, currency: str = "EUR") -> Store:
    """January and February are closed with a deal of 1,000 each."""
    store = Store.create(folder / "Book.partnerdesk", user="Ana")
    rows = [deal("EARLY", "P", date(2026, 1, 5)), deal("LATER", "P", date(2026, 2, 5), currency)]
    rates = [ExchangeRate(id="R", day=date(2026, 1, 1), base="USD", quote="EUR", rate=Decimal("0.9"))]
    partners = [Partner(id=id, name=f"{id} Ltd", joined=date(2026, 1, 1)) for id in "PQ"]
    store.transact("Add", add_rows, [*partners, *rows, *rates], system="t")
    store.transact("Add", add_version, HEAD + rules, "p.toml")
    close(store, "2026-01")
    close(store, "2026-02")
    return store


def deal(id: str, partner: str, closed: date, currency: str = "EUR") -> Deal:
    return Deal(id=id, partner=partner, status="won", closed=closed, amount=Decimal(1000), currency=currency)


def close(store: Store, label: str) -> None:
    total = store.read(run, label, AS_OF).total
    at = "2026-04-02T09:00:00Z"
    store.transact("Close", close_period, label, AS_OF, maker="Ana", checker="Bo", total=total, at=at)


def less(store: Store) -> None:
    store.transact("Correct", change_row, "deal", "EARLY", {"amount": Decimal(1000)}, amount=Decimal(800))


def notes(store: Store, folder: Path, line: str) -> str:
    """The note of a line's true-ups in March's statement as it is now; the same in all of them."""
    (made,) = store.read(export_statements, "2026-03", AS_OF, folder, partners=["P"], pages=True)
    rows = read(made.workbook.read_bytes()).tables["Corrections"]
    (found,) = {str(row["Note"]) for row in rows if row["Line"] == line}
    return found


@pytest.mark.parametrize(
    ("rules", "line", "said"),
    [
        (BANDS, "share:LATER", f"changed since it was posted: SHARE of 2026-02 (because of {LESS})"),
        (TIERS, "share:LATER", f"changed since it was posted: SHARE of 2026-02 (because of {LESS}: tier Tree → Seed)"),
        (BONUS, "bonus:2026-02", f"changed since it was posted: BONUS of 2026-02 (because of {LESS})"),
    ],
)
def test_a_draft_and_its_close_name_the_row_that_moved_another_line(
    tmp_path: Path, rules: str, line: str, said: str
) -> None:
    with book(tmp_path, rules) as store:
        less(store)
        assert notes(store, tmp_path / "draft", line) == said
        close(store, "2026-03")
        now = {"amount": Decimal(800)}
        store.transact("Again", change_row, "deal", "EARLY", now, amount=Decimal(100))
        assert notes(store, tmp_path / "final", line) == said, "what came after the close is no cause of it"
        (final,) = (tmp_path / "final").glob("*.xlsx")
        assert not store.read(read_returned, final).differences
        assert all(row.is_same for row in store.read(replay))


def test_a_row_that_is_gone_went_to_another_partner_or_came_late_is_named_as_such(tmp_path: Path) -> None:
    with book(tmp_path, BANDS) as store:
        store.transact("Late", add_rows, [deal("LATE", "P", date(2026, 1, 2))], system="t")
        assert notes(store, tmp_path / "a", "share:LATER").endswith("(because of deal LATE, which came later)")
        store.transact("Move", change_row, "deal", "EARLY", {"partner": "P"}, partner="Q")
        store.transact("Out", remove_row, "deal", "LATE")
        assert notes(store, tmp_path / "b", "share:LATER").endswith(
            "(because of deal EARLY, which changed its partner)"
        )


def test_a_rate_that_moved_a_line_is_named_by_its_currencies_and_day(tmp_path: Path) -> None:
    with book(tmp_path, BANDS, "USD") as store:
        was = {"rate": Decimal("0.9")}
        store.transact("Rate", change_row, "exchange_rate", "R", was, rate=Decimal("0.8"))
        said = "(because of the exchange rate USD/EUR of 01 Jan 2026, rate 0.9 → 0.8)"
        assert notes(store, tmp_path / "a", "share:LATER").endswith(said)


def test_nothing_is_evaluated_twice_for_a_cause(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[object, ...]] = []

    def counted(programs: object, facts: Facts, as_of: date, **settings: Any) -> Any:
        asked.append((programs, rows_of(facts), as_of, settings["tiers"] is None))
        return evaluate(programs, facts, as_of, **settings)

    monkeypatch.setattr(states, "evaluate", counted)
    with book(tmp_path, BANDS) as store:
        less(store)
        assert LESS in notes(store, tmp_path / "draft", "share:LATER")
    assert asked and all(asked.count(one) == 1 for one in asked)
