"""Closed means closed: a closed period stands against every later write, and later truth arrives as a true-up."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Deal, Partner
from partnerdesk.errors import Cancelled, Refused
from partnerdesk.models.statements import posted_entry, statement
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows, change_row
from partnerdesk.ops.statements.closing import close_period
from partnerdesk.ops.statements.documents import statement_document
from partnerdesk.paths import resource
from partnerdesk.queries.figures import evaluation
from partnerdesk.queries.statements.archive import canonical_statement, closed_statements
from partnerdesk.queries.statements.closing import run
from partnerdesk.reports.statement.canonical import canonical
from partnerdesk.reports.statement.frozen import restored
from partnerdesk.store import Store
from tests.old.facts import AS_OF, facts
from tests.prove.closed_writes import ALLOWED, REFUSED
from tests.prove.prove_closed import attempts, closed_book

MOMENT = "2025-04-15T09:00:00Z"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.create(tmp_path / "Book.partnerdesk", user="Ana") as store:
        store.transact("Add facts", add_rows, facts(), system="test")
        for name in ("2024.1.toml", "2026.2.toml"):
            text = resource(f"programs/fennmark/{name}").read_text(encoding="utf-8")
            store.transact("Add program", add_version, text, name)
        yield store


def close(store: Store, label: str, as_of: date = AS_OF) -> None:
    total = store.read(run, label, as_of).total
    store.transact("Close", close_period, label, as_of, maker="Ana", checker="Bo", total=total, at=MOMENT)


def amounts(store: Store, label: str, as_of: date = AS_OF) -> dict[str, tuple[Decimal, Decimal]]:
    rows = store.read(evaluation, as_of).partners["P1"].statements[label].rows
    return {row.key: (row.held, row.payable) for row in rows}


def test_the_roll_forward_of_three_months_ties(store: Store) -> None:
    # Gold earns 12 % of 10,000.00 = 1,200.00; half waits for the go-live of 20 March; a tenth is held back.
    january = amounts(store, "2025-01")
    assert january["earned.UPFRONT"] == (0, Decimal("1200.00"))
    assert january["deferred"] == (Decimal("600.00"), Decimal("-600.00"))
    assert january["holdback"] == (Decimal("120.00"), Decimal("-120.00"))
    assert january["closing"] == (Decimal("720.00"), Decimal("480.00"))
    assert amounts(store, "2025-02")["paid"] == (0, Decimal("-480.00"))
    march = amounts(store, "2025-03")
    assert march["opening"] == (Decimal("720.00"), 0)
    assert march["released"] == (Decimal("-600.00"), Decimal("600.00"))
    assert march["closing"] == (Decimal("120.00"), Decimal("600.00"))


def test_periods_close_in_order_with_the_total_typed_in(store: Store) -> None:
    with pytest.raises(Refused, match="No statement of 2025-02 is ready"):
        close(store, "2025-02")
    with pytest.raises(Refused, match=r"total typed in, 1\.00 EUR, is not the total of this run\. Compare"):
        store.transact(
            "Close", close_period, "2025-01", AS_OF, maker="Ana", checker="Bo", total=Decimal("1.00"), at=MOMENT
        )
    close(store, "2025-01")
    close(store, "2025-02")
    found = store.read(run, "2025-02", AS_OF).rows[0]
    assert (found.status, found.closing) == ("closed", Decimal("720.00"))
    with pytest.raises(Refused, match=r"2025-02 of .* is closed already, since 15 Apr 2025"):
        close(store, "2025-02")
    with pytest.raises(Refused, match="No statement of 2025-04 is ready"):
        close(store, "2025-04")


def test_a_close_says_how_far_it_is_and_stops_whole(store: Store) -> None:
    class Watcher:
        def __init__(self, stops_at: int) -> None:
            self.stops_at, self.told = stops_at, list[tuple[int, int, str]]()

        def step(self, done: int, total: int, label: str = "") -> None:
            self.told.append((done, total, label))
            if done == self.stops_at:
                raise Cancelled("Close")

    names = {"maker": "Ana", "checker": "Bo", "at": MOMENT, "total": store.read(run, "2025-01", AS_OF).total}
    last = Watcher(stops_at=1)  # everything is worked out, nothing written
    with pytest.raises(Cancelled):
        store.transact("Close", close_period, "2025-01", AS_OF, progress=last, **names)
    name = store.read(run, "2025-01", AS_OF).rows[0].name
    assert last.told == [(0, 1, name), (1, 1, "")]
    assert not store.read(closed_statements)
    assert not store.read(lambda s: s.execute(select(posted_entry)).all())
    store.transact("Close", close_period, "2025-01", AS_OF, progress=Watcher(stops_at=2), **names)
    assert [row.period for row in store.read(closed_statements)] == ["2025-01"]


def test_nothing_changes_a_closed_statement(store: Store) -> None:
    close(store, "2025-01")
    row = store.read(closed_statements)[0]
    for table, change in ((statement, {"earned": 1}), (posted_entry, {"amount": 1})):
        with pytest.raises(Refused, match="closed means closed"):
            store.transact("Tamper", lambda s, t=table, c=change: s.execute(update(t).values(**c)))
        with pytest.raises(Refused, match="closed means closed"):
            store.transact("Tamper", lambda s, t=table: s.execute(delete(t)))
    assert store.undo_label is None, "a close ends what can be undone"
    with pytest.raises(Refused, match="nothing to undo"):
        store.undo()
    assert store.read(closed_statements)[0] == row


def test_nothing_joins_a_closed_statement(store: Store) -> None:
    """An entry, or a second statement of the period, that comes in by SQL would change what was closed as well."""
    close(store, "2025-01")
    rows = store.read(lambda s: s.execute(select(posted_entry)).mappings().all())
    entry = {**rows[0], "id": None, "entry": "planted"}
    with pytest.raises(Refused, match="Nothing is added to a closed statement"):
        store.transact("Tamper", lambda s: s.execute(insert(posted_entry), entry))
    second = {**store.read(lambda s: s.execute(select(statement)).mappings().one()), "id": None, "revision": 2}
    with pytest.raises(Refused, match="This period is closed for this partner"):
        store.transact("Tamper", lambda s: s.execute(insert(statement), second))
    assert store.read(lambda s: s.execute(select(posted_entry)).mappings().all()) == rows


def test_writes_to_closed_periods_fail_whatever_path_they_take(tmp_path: Path) -> None:
    """The small size of `make prove PART=closed`."""
    with closed_book(tmp_path / "closed.partnerdesk") as store:
        assert len(attempts(store, seed=7, count=100)) == len(REFUSED) + len(ALLOWED)


def test_later_truth_arrives_as_a_named_difference_once(store: Store) -> None:
    close(store, "2025-01")
    close(store, "2025-02")
    before = store.read(statement_document, "P1", "2025-01", AS_OF)
    store.transact(
        "Correct deal", change_row, "deal", "D1", {"amount": Decimal("10000.00")}, amount=Decimal("11000.00")
    )

    assert store.read(statement_document, "P1", "2025-01", AS_OF) == before
    # 12 % of 1,000.00 more: 120.00, of which 60.00 wait and 12.00 are held back.
    march = amounts(store, "2025-03")
    assert march["trueup"] == (Decimal("72.00"), Decimal("48.00"))
    assert march["released"] == (Decimal("-660.00"), Decimal("660.00"))
    assert march["closing"] == (Decimal("132.00"), Decimal("708.00"))
    notes = {e.note for e in store.read(evaluation, AS_OF).partners["P1"].statements["2025-03"].entries}
    assert any(n.startswith("changed since it was posted") for n in notes)

    close(store, "2025-03")
    assert amounts(store, "2025-04")["trueup"] == (0, 0)
    assert amounts(store, "2025-03")["closing"] == (Decimal("132.00"), Decimal("708.00"))


def test_a_frozen_document_comes_back_as_it_was(store: Store) -> None:
    draft = store.read(statement_document, "P1", "2025-01", AS_OF)
    assert draft.state == "DRAFT v1"
    close(store, "2025-01")
    row = store.read(closed_statements)[0]
    body = store.read(canonical_statement, row.id)
    assert canonical(restored(body)) == body
    final = store.read(statement_document, "P1", "2025-01", AS_OF)
    assert final.state == "FINAL v1"
    assert final.statement.rows == draft.statement.rows
    assert final.details[final.statement.lines[0].id].customer == "R&D <Labs>"
    assert final.dispute_until == date(2025, 5, 15)


def test_a_version_cannot_reach_into_closed_periods(store: Store) -> None:
    close(store, "2025-01")
    text = resource("programs/fennmark/2026.2.toml").read_text(encoding="utf-8")
    late = text.replace("effective_from = 2026-07-01", "effective_from = 2025-01-15").replace("2026.2", "2025.9")
    with pytest.raises(Refused, match=r"Version 2025\.9 would change periods that are closed"):
        store.transact("Add program", add_version, late, "late.toml")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('currency = "EUR"', 'currency = "USD"', "in which all that is closed in EUR would be counted anew"),
        ('version = "2027.1"', 'version = "2024.1"', r"A version 2024\.1 is published already"),
    ],
)
def test_a_version_in_another_currency_or_of_a_name_that_is_taken_is_refused(
    store: Store, old: str, new: str, message: str
) -> None:
    close(store, "2025-01")
    text = resource("programs/fennmark/2026.2.toml").read_text(encoding="utf-8")
    text = text.replace("2026.2", "2027.1", 1).replace("2026-07-01", "2027-01-01", 1)
    assert old in text
    with pytest.raises(Refused, match=message):
        store.transact("Add program", add_version, text.replace(old, new, 1), "next.toml")


@pytest.mark.parametrize(
    ("table", "column"), [("statement", "period"), ("statement", "partner"), ("posted_entry", "id")]
)
def test_a_replace_that_deletes_unseen_finds_nothing_to_replace(store: Store, table: str, column: str) -> None:
    """Found by `make prove PART=closed`: another period under the id of a closed statement."""
    close(store, "2025-01")

    def tamper(session: Session) -> None:
        raw = session.connection()
        raw.exec_driver_sql("PRAGMA recursive_triggers = 0")
        raw.exec_driver_sql("PRAGMA defer_foreign_keys = 1")
        names = [row[1] for row in raw.exec_driver_sql(f"PRAGMA table_info({table})")]
        other = {"period": "'2031-01'", "partner": "'P9'"}.get(column, f'"{column}"')
        listed = ", ".join(other if name == column else f'"{name}"' for name in names)
        raw.exec_driver_sql(f"REPLACE INTO {table} SELECT {listed} FROM {table} ORDER BY id LIMIT 1")

    before = store._reader.execute(f"SELECT * FROM {table}").fetchall()
    try:
        with pytest.raises(Refused, match="closed means closed"):
            store.transact("Tamper", tamper)
    finally:
        with store._writer_alone() as raw:
            raw.execute("PRAGMA recursive_triggers = 1")
    assert store._reader.execute(f"SELECT * FROM {table}").fetchall() == before


def test_amounts_finer_than_the_smallest_unit_stand_in_the_way_of_a_close(tmp_path: Path) -> None:
    text = (
        'program = "yen"\nversion = "1"\neffective_from = 2025-01-01\ncurrency = "JPY"\n'
        '[earning.upfront]\nsays = "Commission"\ntype = "UPFRONT"\non = "deal won"\nbase = "amount"\nrate = 0.08\n'
    )
    deal = Deal(id="D1", partner="P1", status="won", closed=date(2025, 1, 5), amount=Decimal(1031), currency="JPY")
    with Store.create(tmp_path / "Yen.partnerdesk", user="Ana") as store:
        store.transact("Add facts", add_rows, [Partner(id="P1", name="Sora"), deal], system="test")
        store.transact("Add program", add_version, text, "yen.toml")
        (row,) = store.read(run, "2025-01", AS_OF).rows
        assert (row.status, row.why[:36]) == ("blocked", "82.48 JPY is finer than its smallest")
        with pytest.raises(Refused, match=r"No statement of 2025-01 is ready to close: 82\.48 JPY is finer than"):
            close(store, "2025-01")
