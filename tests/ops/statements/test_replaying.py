"""Replay: a closed statement comes out again from what was frozen with it, whatever happened to the book since."""

import zlib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from partnerdesk.engine.facts import Contract, Credit, Customer, Deal, Partner
from partnerdesk.engine.settling import losses as standing
from partnerdesk.engine.settling import statement as engine_statement
from partnerdesk.engine.settling.ledger import settled
from partnerdesk.errors import Refused
from partnerdesk.models.statements import statement
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows, change_row
from partnerdesk.ops.statements.closing import close_period
from partnerdesk.ops.statements.frozen import Frozen
from partnerdesk.ops.statements.replaying import replay
from partnerdesk.paths import resource
from partnerdesk.queries.statements.closing import run
from partnerdesk.store import Store
from tests.old.facts import AS_OF, facts

MOMENT = "2025-04-15T09:00:00Z"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """P1 with one deal of its own, and 30 % of a deal of P2 that names a customer nobody else knows."""
    others = [
        Partner(id="P2", name="Other Oy", joined=date(2024, 1, 1)),
        Customer(id="C2", name="Shared Ltd"),
        Deal(id="D2", partner="P2", customer="C2", status="won", closed=date(2025, 1, 20), amount=Decimal(5000)),
        Contract(id="K2", partner="P2", customer="C2", deal="D2", start=date(2025, 2, 1), recurring=Decimal(5000)),
        Credit(id="R1", deal="D2", partner="P1", role="assisted", share=Decimal("0.3")),
    ]
    with Store.create(tmp_path / "Book.partnerdesk", user="Ana") as store:
        store.transact("Add facts", add_rows, [*facts(), *others], system="test")
        text = resource("programs/fennmark/2024.1.toml").read_text(encoding="utf-8")
        store.transact("Add program", add_version, text, "2024.1.toml")
        for label in ("2025-01", "2025-02"):
            close(store, label)
        yield store


def close(store: Store, label: str) -> None:
    total = store.read(run, label, AS_OF).total
    store.transact("Close", close_period, label, AS_OF, maker="Ana", checker="Bo", total=total, at=MOMENT)


def differences(store: Store, **of: str) -> dict[tuple[str, str], str]:
    return {(row.partner, row.period): row.difference for row in store.read(replay, **of)}


def test_every_statement_comes_out_the_same(store: Store) -> None:
    rows = store.read(replay)
    assert [(r.number, r.partner, r.difference, r.is_complete) for r in rows] == [
        ("ST-2025-01", "P1", "", True),
        ("ST-2025-01", "P2", "", True),
        ("ST-2025-02", "P1", "", True),
        ("ST-2025-02", "P2", "", True),
    ]


def test_what_comes_into_the_book_later_changes_nothing(store: Store) -> None:
    amount = Decimal("10000.00")
    store.transact("Correct", change_row, "deal", "D1", {"amount": amount}, amount=Decimal("11000.00"))
    store.transact("Rename", change_row, "customer", "C1", {"name": "R&D <Labs>"}, name="Renamed")
    store.transact("Move", change_row, "deployment", "L1", {"live": date(2025, 3, 20)}, live=date(2025, 3, 28))
    text = resource("programs/fennmark/2026.2.toml").read_text(encoding="utf-8")
    store.transact("Add program", add_version, text, "2026.2.toml")
    close(store, "2025-03")
    assert set(differences(store).values()) == {""}
    assert differences(store, period="2025-03", partner="P1") == {("P1", "2025-03"): ""}


def test_a_changed_engine_is_named_with_the_first_place(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(k, "Taken back" if k == "clawback" else label, *rest) for k, label, *rest in engine_statement.MOVEMENTS]
    monkeypatch.setattr(engine_statement, "MOVEMENTS", tuple(rows))
    assert differences(store, partner="P1", period="2025-01") == {
        ("P1", "2025-01"): "statement, rows, clawback, label: Clawed back then, Taken back now"
    }


def test_an_entry_keeps_the_sentence_it_was_sent_with_and_only_that(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A later program says why in other words; the same program with another day or amount is a difference."""

    def later(**changes: Any) -> set[str]:
        def said(reckoning: Any, recomputed: list[Any], posted: Any) -> list[Any]:
            return [e._replace(**changes) for e in settled(reckoning, recomputed, posted)]

        monkeypatch.setattr(standing, "settled", said)
        return {difference.partition(":")[0] for difference in differences(store, partner="P1").values()}

    assert later(note="in better words") == {""}
    assert "" not in later(reference="another line")


def test_frozen_facts_that_were_altered_or_lost_are_told(store: Store) -> None:
    """Whoever gets past the triggers with another program is found out."""
    path = store.path
    store.close()
    raw = sqlcipher.connect(str(path), isolation_level=None)
    (triggers,) = zip(*raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall(), strict=True)
    for name in triggers:
        raw.execute(f'DROP TRIGGER "{name}"')
    for hash, body in raw.execute("SELECT sha256, body FROM fact_chunk").fetchall():
        text = zlib.decompress(body)
        if b'"month":"2025-02"' in text and b"REM-1" in text:
            raw.execute("DELETE FROM fact_chunk WHERE sha256 = ?", (hash,))
        elif b'"amount":"5000.00"' in text:
            altered = zlib.compress(text.replace(b'"amount":"5000.00"', b'"amount":"9000.00"'))
            raw.execute("UPDATE fact_chunk SET body = ? WHERE sha256 = ?", (altered, hash))
    engine = create_engine("sqlite://", creator=lambda: raw, module=sqlcipher, poolclass=StaticPool)
    with Session(engine) as session:
        found = {row.partner: row.difference for row in replay(session, "2025-01")}
    engine.dispose()
    assert "that it rests on are missing" in found["P1"] or "are damaged" in found["P1"]
    assert "that it rests on are damaged" in found["P2"]


def test_where_nothing_is_closed_nothing_is_replayed(store: Store) -> None:
    with pytest.raises(Refused, match="no closed statement 2025-03 to replay"):
        store.read(replay, "2025-03")
    with pytest.raises(Refused, match="no closed statement of P9 to replay"):
        store.read(replay, partner="P9")


def test_a_statement_freezes_what_hangs_on_its_deals_elsewhere(store: Store) -> None:
    def frozen(session: Session) -> dict[str, set[str]]:
        row = session.execute(select(statement).where(statement.c.partner == "P1")).first()
        found = Frozen(session).resting(row).facts
        return {kind: {r.id for r in found.of(kind)} for kind in ("deal", "contract", "customer", "credit", "partner")}

    assert store.read(frozen) == {
        "deal": {"D1", "D2"},
        "contract": {"K1", "K2"},
        "customer": {"C1", "C2"},
        "credit": {"R1"},
        "partner": {"P1", "P2"},
    }
