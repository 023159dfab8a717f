"""What is written comes back as it was, of every kind; and one partner's world holds nobody else's."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import event, insert, text
from sqlalchemy.orm import Session

from partnerdesk.engine import facts as declared
from partnerdesk.engine.facts import Credit, Customer, Deal, Deployment, Facts, Partner, Person, Source, Transaction
from partnerdesk.errors import Damaged
from partnerdesk.models.facts import TABLES, batch, source_row
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.queries.facts import fact, facts
from partnerdesk.queries.shape import built
from partnerdesk.queries.world import ANOTHER
from tests.rows import full_row, one_of_each


def test_every_kind_comes_back_as_it_was_written(session: Session) -> None:
    rows = {declared.KIND_OF[type(row)]: row for row in one_of_each()}
    add_rows(session, rows.values(), system="crm", by="R. Silva")
    found = facts(session)
    assert {kind: found.of(kind) for kind in declared.KINDS} == {kind: (row,) for kind, row in rows.items()}
    assert all(row.source == Source(by="R. Silva") for _, row in found)


def test_rows_with_nothing_but_what_is_required_come_back_with_their_defaults(session: Session) -> None:
    row = Deal(id="D-1")
    add_rows(session, [row, Customer(id="C-1", name="Ørsta")])
    assert facts(session).of("deal") == (row,)
    assert fact(session, "customer", "C-1") == Customer(id="C-1", name="Ørsta")
    assert fact(session, "customer", "C-2") is None


@pytest.mark.parametrize("kind", declared.KINDS)
def test_rows_built_by_column_equal_rows_built_by_hand(kind: str) -> None:
    by_hand = full_row(kind, source=Source(by="x"))
    columns = {f.name: [getattr(by_hand, f.name)] for f in fields(by_hand)}
    (row,) = built(declared.KINDS[kind], columns, 1)
    assert row == by_hand and hash(row) == hash(by_hand) and row.source == by_hand.source
    with pytest.raises(AttributeError):
        row.id = "other"  # type: ignore[misc]


def test_columns_left_out_take_their_defaults() -> None:
    (row,) = built(Customer, {"id": ["C-1"], "name": ["Ørsta"]}, 1)
    assert (row.country, row.known_on, row.id) == ("", None, "C-1")


def test_money_keeps_the_smallest_unit_of_its_currency(session: Session) -> None:
    amounts = {"JPY": Decimal("1500"), "KWD": Decimal("1.005"), "EUR": Decimal("0.10"), "CLF": Decimal("0.0001")}
    add_rows(session, [Transaction(id=c, amount=a, currency=c) for c, a in amounts.items()])
    assert {t.currency: t.amount for t in facts(session).of("transaction")} == amounts


@pytest.mark.parametrize("column", ["closed", "probability", "attributes"])
def test_a_value_that_nobody_could_have_written_is_damage(session: Session, column: str) -> None:
    add_rows(session, [Deal(id="D-1", closed=date(2026, 8, 23), probability=Decimal("0.5"))])
    session.execute(text("UPDATE deal SET " + column + " = '2025%08-23'"))
    with pytest.raises(Damaged, match="it holds deals with values that nobody wrote"):
        facts(session)


def test_a_row_says_where_it_was_read(session: Session) -> None:
    _import_batch(session)
    row = Deal(id="D-1", source=Source(file="q3.csv", sheet="Won", row=18))
    add_rows(session, [row], system="crm", batch=1, by="R. Silva")
    (deal,) = facts(session).of("deal")
    assert deal.source == Source(1, "q3.csv", "Won", 18, "R. Silva")
    assert str(deal.source) == "q3.csv, sheet Won, row 18"


def _import_batch(session: Session) -> None:
    counts = {"read": 1, "accepted": 1, "rejected": 0, "ignored": 0}
    words = dict.fromkeys(("by", "sha256", "origin", "system"), "x") | {"at": "2026-11-19T10:00:00Z", "file": "q3.csv"}
    session.execute(insert(batch).values(id=1, mapping="{}", report="{}", **words, **counts))
    session.execute(insert(source_row).values(batch=1, sheet="Won", row=18, raw="[]"))


@contextmanager
def reads(session: Session, table: str) -> Iterator[list[str]]:
    """The selects from a table of facts meanwhile."""
    found: list[str] = []

    def hear(_on: object, _cursor: object, statement: str, *_more: object) -> None:
        if f"FROM {table} " in " ".join(statement.split()):
            found.append(statement)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", hear)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", hear)


def test_the_rows_of_the_book_are_read_once_until_something_is_written(session: Session) -> None:
    add_rows(session, [Deal(id="D-1"), Customer(id="C-1", name="Ørsta")])
    with reads(session, "deal") as found:
        assert facts(session).of("deal") is facts(session, kinds=("deal",)).of("deal")
        assert len(found) == 1
    add_rows(session, [Deal(id="D-2")])
    with reads(session, "deal") as found:
        assert [deal.id for deal in facts(session).of("deal")] == ["D-1", "D-2"]
        assert len(found) == 1


def test_only_the_kinds_asked_for_are_read(session: Session) -> None:
    add_rows(session, one_of_each())
    found = facts(session, kinds=("deal", "partner"))
    assert set(found.rows) == {"deal", "partner"} and len(found.of("deal")) == 1
    assert found.of("contract") == ()


def test_rows_come_in_the_order_of_their_ids_however_they_were_written(session: Session) -> None:
    add_rows(session, [Customer(id=i, name=i) for i in ("C-3", "C-1", "C-2")])
    assert [c.id for c in facts(session).of("customer")] == ["C-1", "C-2", "C-3"]


@pytest.fixture
def two_partners(session: Session) -> Session:
    """Two partners with a deal each, one deal of B that credits A, and a third credit on it."""
    partners = [Partner(id=p, name=f"Partner {p}") for p in "ABX"]
    people = [
        Person(id="V", name="Rosa Silva"),
        Person(id="PB", name="Beata", side="partner", partner="B"),
        Person(id="PA", name="Anna", side="partner", partner="A"),
    ]
    customers = [Customer(id=f"C-{n}", name=f"Customer {n}") for n in (1, 2, 3)]
    deals = [
        Deal(id="D-A", partner="A", customer="C-1"),
        Deal(id="D-B", partner="B", customer="C-2"),
        Deal(id="D-AB", partner="B", customer="C-3", amount=Decimal(100)),
    ]
    credits = [
        Credit(id="K-1", deal="D-AB", partner="A", share=Decimal("0.3")),
        Credit(id="K-B", deal="D-AB", partner="B", share=Decimal("0.5")),
        Credit(id="K-X", deal="D-AB", partner="X", share=Decimal("0.2")),
    ]
    live = [
        Deployment(id="L-AB", partner="B", deal="D-AB", live=date(2026, 3, 1)),
        Deployment(id="L-B", partner="B", deal="D-B", live=date(2026, 3, 1)),
    ]
    paid = [Transaction(id=f"T-{p}", partner=p, kind="payment", amount=Decimal(1)) for p in "AB"]
    add_rows(session, [*partners, *people, *customers, *deals, *credits, *live, *paid])
    return session


def _ids(found: Facts, kind: str) -> set[str]:
    return {row.id for row in found.of(kind)}


def test_a_partners_world_is_its_own_rows_and_the_deals_that_credit_it(two_partners: Session) -> None:
    world = facts(two_partners, partner="A")
    assert _ids(world, "partner") == {"A"}
    assert _ids(world, "deal") == {"D-A", "D-AB"}
    assert _ids(world, "deployment") == {"L-AB"}
    assert _ids(world, "customer") == {"C-1", "C-3"}
    assert _ids(world, "transaction") == {"T-A"}
    assert _ids(world, "person") == {"V", "PA"}


def test_another_partner_is_named_nowhere_in_it(two_partners: Session) -> None:
    world = facts(two_partners, partner="A")
    shares = {(c.partner, c.share) for c in world.of("credit")}
    assert shares == {("A", Decimal("0.3")), (ANOTHER, Decimal("0.5")), (ANOTHER, Decimal("0.2"))}
    assert len(_ids(world, "credit")) == 3
    assert {d.partner for d in world.of("deal")} == {"A", ANOTHER}
    text = " ".join(str(row) for _, row in world)
    assert "Partner B" not in text and "'B'" not in text and "K-B" not in text and "'X'" not in text


@pytest.mark.parametrize("kind", sorted(set(declared.KINDS) - {"exchange_rate"}))
def test_no_row_of_any_kind_reaches_a_partner_it_does_not_belong_to(session: Session, kind: str) -> None:
    add_rows(session, one_of_each())
    add_rows(session, [Partner(id="other", name="Other")])
    assert facts(session, partner="other", kinds=[kind]).of(kind) == (
        (Partner(id="other", name="Other"),) if kind == "partner" else ()
    )
    own = facts(session, partner="partner-1", kinds=[kind]).of(kind)
    assert len(own) == (0 if kind in ("territory", "coverage") else 1)


def test_exchange_rates_belong_to_everybody(session: Session) -> None:
    add_rows(session, one_of_each())
    assert len(facts(session, partner="nobody").of("exchange_rate")) == 1


def test_each_kind_with_money_names_its_currency() -> None:
    for kind, table in TABLES.items():
        if any(a.kind == declared.MONEY for a in declared.attributes(kind)):
            assert "currency" in table.c, kind
