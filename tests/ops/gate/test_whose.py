"""Metrics that count a branch or a group: statements rest on those facts, replay, and carry nobody's words sideways."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal as D
from functools import partial
from pathlib import Path

import pytest

from partnerdesk.engine.facts import Customer, Partner, Transaction
from partnerdesk.ops.gate.whose import Whose
from partnerdesk.ops.pack.exports import export_pack
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows, change_row
from partnerdesk.ops.statements.closing import close_period
from partnerdesk.ops.statements.disputes import Claim, raise_dispute
from partnerdesk.ops.statements.dossiers import export_dossier
from partnerdesk.ops.statements.exports import export_statements
from partnerdesk.ops.statements.replaying import replay
from partnerdesk.queries.figures import explained
from partnerdesk.queries.statements.closing import run
from partnerdesk.store import Store
from tests.engine.cases import HEAD
from tests.ops.disputes.test_dossiers import words

AS_OF = date(2026, 2, 15)
TREE = [
    Partner(id="top", name="Alder Holding"),
    Partner(id="left", name="Birch Systems", parent="top"),
    Partner(id="right", name="Cedar Networks", parent="top"),
]
SOLD = [
    Transaction(id=f"{p}-1", partner=p, kind="invoice", day=date(2026, 1, 20), amount=D(n), customer=f"c-{p}")
    for p, n in (("left", 1000), ("right", 500))
]
CUSTOMERS = [Customer(id="c-left", name="Ludlow Mills"), Customer(id="c-right", name="Rowan Foods")]
PROGRAM = f"""
{HEAD}
statements = "month"
[metric.volume]
says = "Volume"
of = "transaction"
whose = "%s"
%s[earning.bonus]
says = "Bonus"
type = "BONUS"
on = "period end"
every = "month"
base = {{ metric = "volume" }}
rate = 0.1
"""


def made(folder: Path, whose: str, more: str = "") -> Store:
    store = Store.create(folder / "Book.partnerdesk", user="Ann")
    store.transact("Add facts", add_rows, [*TREE, *CUSTOMERS, *SOLD], by="Ann")
    store.transact("Add program", add_version, PROGRAM % (whose, more), "1.toml")
    total = store.read(run, "2026-01", AS_OF).total
    close = partial(close_period, maker="Ann", checker="Bo", total=total, at="2026-02-15")
    store.transact("Close", close, "2026-01", AS_OF)
    return store


@pytest.fixture(params=["branch", "group"])
def book(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Store, str]]:
    with made(tmp_path, request.param) as store:
        yield store, request.param


def test_a_closed_statement_rests_on_all_facts_that_were_counted(book: tuple[Store, str], tmp_path: Path) -> None:
    store, whose = book
    earned = {p: store.read(explained, p, AS_OF).lines[0].amount.value for p in ("top", "left", "right")}
    alone = {"top": 150, "left": 100, "right": 50}
    assert earned == (alone if whose == "branch" else dict.fromkeys(earned, 150))
    assert [row.difference for row in store.read(replay)] == ["", "", ""]
    # What is changed later is not what was closed.
    store.transact("Change", change_row, "transaction", "right-1", {}, amount=D(900))
    assert [row.difference for row in store.read(replay)] == ["", "", ""]
    written = store.read(export_statements, "2026-01", AS_OF, tmp_path / "out", pages=True)
    assert len(written) == 3 and all(row.workbook.exists() and row.pdf for row in written)


def test_who_stands_beside_another_has_none_of_its_words(book: tuple[Store, str]) -> None:
    store, _ = book
    own = {p: closed_words(store, p) for p in ("top", "left", "right")}
    assert "Rowan Foods" not in own["left"] and "Cedar Networks" not in own["left"] and "right-1" not in own["left"]
    assert "Ludlow Mills" in own["left"] and {"Ludlow Mills", "Rowan Foods"} <= own["top"]


def closed_words(store: Store, partner: str) -> frozenset[str]:
    """What the documents of a partner's closed statement may hold."""
    ids = {row.partner: row.id for row in store.read(replay)}

    def words(session: object) -> frozenset[str]:
        whose = Whose(session, AS_OF)  # type: ignore[arg-type]
        return whose.with_frozen(whose.world(partner, partner), ids[partner]).own

    return store.read(words)


def test_a_review_pack_goes_out_with_the_sum_of_the_group(book: tuple[Store, str], tmp_path: Path) -> None:
    store, _ = book
    for partner in ("top", "left"):
        assert store.read(export_pack, partner, "2026Q1", AS_OF, tmp_path / "packs").path.exists()


@pytest.mark.parametrize(
    ("take", "others"),
    [
        ("sum", "Other partners of the group together, without their rows 500.00 EUR"),
        ("least", "Other partners of the group their rows are theirs not shown"),
    ],
)
def test_a_dossier_tells_what_others_of_the_group_add_as_one_sum(tmp_path: Path, take: str, others: str) -> None:
    with made(tmp_path, "group", f'take = "{take}"\n') as store:
        for partner, line in (("top", "bonus:2026-01"), ("left", "bonus:2026-01")):
            claim = Claim(partner=partner, line=line, reason="It was more", raised_by="Rita", claimed=None)
            store.transact("Raise", raise_dispute, claim, on=AS_OF, by="Ann", at="2026-02-15T10:00:00Z")
        assert store.read(export_dossier, "DI-0001", AS_OF, tmp_path / "out").path.exists()
        told = words(store.read(export_dossier, "DI-0002", AS_OF, tmp_path / "out").path)
    assert others in told and "left-1" in told and "of other partners how many 1" in told
    assert not [name for name in ("Cedar", "Rowan", "right", "Alder") if name in told]


def test_a_line_that_equals_a_sum_over_others_by_chance_stops_no_statement(tmp_path: Path) -> None:
    program = f"""
{HEAD}
statements = "month"
[earning.commission]
says = "Commission"
type = "UPFRONT"
on = "invoice issued"
base = "amount"
rate = 0.1
"""
    sold = [
        Transaction(id=f"{partner}-{day}", partner=partner, kind="invoice", day=day, amount=D(amount))
        for partner, day, amount in (
            ("left", date(2026, 1, 20), "3234.50"),
            ("left", date(2026, 1, 21), "100"),
            ("right", date(2026, 2, 3), "1234.50"),
            ("top", date(2026, 2, 4), "2000"),
        )
    ]
    with Store.create(tmp_path / "Book.partnerdesk", user="Ann") as store:
        store.transact("Add facts", add_rows, [*TREE, *sold], by="Ann")
        store.transact("Add program", add_version, program, "1.toml")
        written = store.read(export_statements, "2026-01", AS_OF, tmp_path / "out")
        assert [row.workbook.exists() for row in written if row.partner == "left"] == [True]
        # The sum of February is 323.45: it is no secret to the left one, which earned as much on one sale.
        left, right = (store.read(lambda s, p=p: Whose(s, AS_OF).world(p, p)).totals for p in ("left", "right"))
        assert D("323.45") in right and D("323.45") not in left
