"""Two partners of the book become one: everything follows or nothing does, one undo takes it back, files follow."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, insert, select

from partnerdesk.engine.facts import Enrolment, Opening, Partner, Person
from partnerdesk.errors import Refused
from partnerdesk.models.outgoing import outgoing_document
from partnerdesk.models.plan_blocks import escalation
from partnerdesk.models.plans import plan
from partnerdesk.models.scenarios import scenario
from partnerdesk.models.vanished import vanished_row
from partnerdesk.ops.imports import relinking
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.ops.rows.merge_checks import moved_tables
from partnerdesk.ops.rows.merging import merge_partners, merging
from partnerdesk.ops.statements.closing import close_period
from partnerdesk.queries.facts import facts
from partnerdesk.queries.partners.record import is_main
from partnerdesk.queries.statements.closing import run
from partnerdesk.store import Store
from tests.cli.conftest import make_book
from tests.files import bring, csv_file, look
from tests.rows import one_of_each

DAY = date(2026, 1, 1)
HEADER = "Partner ID,Partner,Country\n"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Store]:
    """NEW beside partner-1, which every kind of fact names."""
    with Store.create(tmp_path / "book.partnerdesk", user="Ann") as store:
        rows = list(one_of_each())
        store.transact("Add", add_rows, rows, system="crm")
        store.transact("Add", add_rows, [Partner(id="NEW", name="Alp Trade", parent="partner-1")])
        yield store


def state(store: Store) -> Any:
    found = store.read(facts)
    return {kind: list(found.of(kind)) for kind in ("partner", "person", "deal", "payment", "opening")}


def filled(table: Table, **own: Any) -> dict[str, Any]:
    """Values of the columns that need one."""
    needed = [c for c in table.c if not c.nullable and c.server_default is None and c.name not in own]
    usual = {"Day": DAY, "Integer": 1}
    return {c.name: usual.get(type(c.type).__name__, "") for c in needed} | own


def two(store: Store, *rows: Any) -> None:
    store.transact("Add", add_rows, [Partner(id="A", name="Alp"), Partner(id="B", name="Alp Trade"), *rows])


def test_everything_that_names_it_follows(book: Store) -> None:
    before = state(book)
    shown = book.read(merging, "partner-1", "NEW")
    assert {"1 deal", "1 contact", "1 opening", "1 hold", "1 dispute"} <= set(shown.moves) and not shown.in_the_way
    assert {"tax_id", "owner", "legal_name"} <= set(shown.fills)
    book.transact("Merge", merge_partners, "partner-1", "NEW")
    found = book.read(facts)
    for kind, field in relinking.referring("partner"):
        named = {getattr(row, field) for row in found.of(kind)}
        assert named == ({None} if kind == "partner" else {"NEW"}), kind
    (left,) = found.of("partner")
    assert (left.id, left.name, left.tax_id) == ("NEW", "Alp Trade", "Łużyca & <Söhne> ‘$5k’")
    assert left.attributes["ärea"] == "x"
    book.undo()
    assert state(book) == before
    book.redo()
    assert [p.id for p in book.read(facts).of("partner")] == ["NEW"]


def test_plans_and_what_else_is_no_fact_follow_and_the_record_stays(tmp_path: Path) -> None:
    def joint(session: Any) -> None:
        ends = {"start": date(2026, 1, 1), "end": date(2026, 12, 31)}
        session.execute(insert(plan).values(**filled(plan, partner="A", status="draft", **ends)))
        session.execute(insert(escalation).values(**filled(escalation, partner="A")))
        session.execute(insert(vanished_row).values(**filled(vanished_row, partners='["C", "A", "B"]')))
        session.execute(insert(outgoing_document).values(**filled(outgoing_document, partner="A")))

    with Store.create(tmp_path / "book.partnerdesk", user="Ann") as store:
        two(store)
        store.transact("Plan", joint)
        shown = store.read(merging, "A", "B")
        assert shown.moves == ("1 joint plan", "1 escalation") and shown.stays == ("1 document that left",)
        store.transact("Merge", merge_partners, "A", "B")
        assert store.read(lambda s: [s.scalar(select(t.c.partner)) for t in (plan, escalation)]) == ["B", "B"]
        assert store.read(lambda s: s.scalar(select(vanished_row.c.partners))) == '["C", "B"]'
        assert store.read(lambda s: s.scalar(select(outgoing_document.c.partner))) == "A"


def test_each_table_with_a_partner_follows_or_stays_on_record() -> None:
    assert {"note", "action", "plan", "review", "playbook_run", "metric_audit", "attendance"} <= set(moved_tables())
    assert not {"ladder_level", "outgoing_document", "kept_forecast", "deal"} & set(moved_tables())


def test_files_follow_by_the_old_id_and_the_old_name(tmp_path: Path) -> None:
    with Store.create(tmp_path / "book.partnerdesk", user="Ann") as store:
        bring(store, csv_file(tmp_path, HEADER + "A,Alp,IT\nB,Alp Trade,IT\n", "p.csv"))
        store.transact("Merge", merge_partners, "A", "B")
        shown = look(store, csv_file(tmp_path, HEADER + "A,Alp,IT\n", "p2.csv"))
        assert not shown.questions and shown.rows_new == 0
        deals = "Deal ID,Partner ID,Customer,Stage,Amount,Currency,Close date\nD-1,A,Port,Open,1.00,EUR,2026-01-20\n"
        bring(store, csv_file(tmp_path, deals, "d.csv"))
        bring(store, csv_file(tmp_path, deals.replace("Partner ID", "Partner").replace("1,A,", "2,ALP,"), "e.csv"))
        assert {d.partner for d in store.read(facts).of("deal")} == {"B"}
        assert [p.id for p in store.read(facts).of("partner")] == ["B"]
        store.transact("Add", add_rows, [Partner(id="C", name="Alpine")])
        store.transact("Merge", merge_partners, "B", "C")
        bring(store, csv_file(tmp_path, deals.replace("D-1", "D-3"), "f.csv"))
        assert {d.partner for d in store.read(facts).of("deal")} == {"C"}


def test_of_two_main_contacts_one_stays(tmp_path: Path) -> None:
    with Store.create(tmp_path / "book.partnerdesk", user="Ann") as store:
        main = {"side": "partner", "attributes": {"Main contact": "yes"}}
        two(store, Person(id="1", name="x", partner="A", **main), Person(id="2", name="y", partner="B", **main))
        store.transact("Merge", merge_partners, "A", "B")
        people = store.read(facts).of("person")
        assert [(p.partner, is_main(p.attributes)) for p in people] == [("B", False), ("B", True)]


ONE = {"day": DAY, "kind": "payable", "amount": Decimal(5)}


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([Opening(id=i, partner=i, **ONE) for i in "AB"], "Both have openings of 1 Jan 2026"),
        ([Enrolment(id=i, partner=i, program="x") for i in "AB"], "Both have enrolments that say the same"),
        ([Partner(id="C", name="Between", parent="A")], "B stands below A through another partner"),
    ],
)
def test_what_is_in_the_way_is_named_and_nothing_changes(tmp_path: Path, rows: list[Any], words: str) -> None:
    with Store.create(tmp_path / "book.partnerdesk", user="Ann") as store:
        parent = {"parent": "C"} if isinstance(rows[0], Partner) else {}
        store.transact(
            "Add", add_rows, [Partner(id="A", name="Alp"), Partner(id="B", name="Alp Trade", **parent), *rows]
        )
        before = state(store)
        assert words in " ".join(store.read(merging, "A", "B").in_the_way)
        with pytest.raises(Refused, match=words):
            store.transact("Merge", merge_partners, "A", "B")
        assert state(store) == before


def test_two_things_of_one_name_are_in_the_way(tmp_path: Path) -> None:
    def tried(session: Any) -> None:
        for number, partner in enumerate("AB", 1):
            session.execute(insert(scenario).values(**filled(scenario, id=number, partner=partner, name="More")))

    with Store.create(tmp_path / "book.partnerdesk", user="Ann") as store:
        two(store)
        store.transact("Try", tried)
        with pytest.raises(Refused, match="Both have scenarios that say the same"):
            store.transact("Merge", merge_partners, "A", "B")


@pytest.mark.parametrize("pair", [("A", "A"), ("A", "Z"), ("Z", "A")])
def test_two_partners_of_the_book_are_named(tmp_path: Path, pair: tuple[str, str]) -> None:
    with Store.create(tmp_path / "book.partnerdesk", user="Ann") as store:
        two(store)
        with pytest.raises(Refused):
            store.read(merging, *pair)


def test_a_partner_with_closed_statements_keeps_its_row(tmp_path: Path) -> None:
    make_book(tmp_path / "book.partnerdesk")
    deal = "Deal ID,Partner,Customer,Stage,Amount,Currency,Close date\nF-1,Gorge,C,Closed Won,50000.00,EUR,2026-01-20\n"
    day = date(2026, 9, 30)
    with Store.open(tmp_path / "book.partnerdesk", user="Ann") as store:
        bring(store, csv_file(tmp_path, deal))
        bring(store, csv_file(tmp_path, HEADER + "G1,Gorge Ltd,DE\n", "p.csv"))
        total = store.read(run, "2026-01", day).total
        names = {"maker": "Ann", "checker": "Ben", "at": "2026-09-30T12:00:00Z"}
        store.transact("Close", close_period, "2026-01", day, total=total, **names)
        before = state(store)
        with pytest.raises(Refused, match=r"(?s)has closed statements.*Merge G1 into Gorge instead"):
            store.transact("Merge", merge_partners, "Gorge", "G1")
        assert state(store) == before
        assert store.read(merging, "G1", "Gorge").corrects
        store.transact("Merge", merge_partners, "G1", "Gorge")
        assert "G1" not in {p.id for p in store.read(facts).of("partner")}
