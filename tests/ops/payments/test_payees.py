"""Whom a payment file means: a legal name, a former one, an item's number; nobody is made of a name unasked."""

from pathlib import Path

import pytest

from partnerdesk.errors import Refused
from partnerdesk.ops.reconcile.lines import Names
from partnerdesk.ops.rows.facts import change_row
from partnerdesk.queries.facts import facts
from partnerdesk.store import Store
from tests.files import bring, csv_file, look
from tests.ops.payments.test_payments import match, release
from tests.ops.payments.test_payments import store as store

HEADER = "Partner;Value date;Amount;Currency;Purpose\n"
PAID = {"kind": "payment", "column:Purpose": "payment.remittance"}


def paid(folder: Path, *rows: str) -> Path:
    return csv_file(folder, HEADER + "\n".join(rows), "paid.csv")


def partners(store: Store) -> set[str]:
    return {p.id for p in store.read(facts, kinds=("partner",)).of("partner")}


def payees(store: Store) -> set[str]:
    return {p.partner for p in store.read(facts, kinds=("payment",)).of("payment")}


def rename(store: Store, name: str) -> None:
    store.transact("Rename", change_row, "partner", "A", {"legal_name": "Alder Oy"}, legal_name=name)


def test_a_legal_name_and_a_tax_number_are_the_partner_in_any_file(store: Store, tmp_path: Path) -> None:
    bring(store, paid(tmp_path, "ALDER  Oy;2025-04-21;5.00;EUR;x", "FI1;2025-04-22;6.00;EUR;y"), PAID)
    deals = "Deal id,Partner,Amount,Currency,Status,Created\nD-1,Alder Oy,10.00,EUR,open,2025-04-01\n"
    bring(store, csv_file(tmp_path, deals, "deals.csv"))
    (deal,) = store.read(facts, kinds=("deal",)).of("deal")
    assert (partners(store), payees(store), deal.partner) == ({"A", "N"}, {"A"}, "A")


def test_a_partner_named_by_its_legal_name_before_it_is_described_becomes_it(tmp_path: Path) -> None:
    with Store.create(tmp_path / "Book.partnerdesk", user="Ana") as store:
        bring(store, paid(tmp_path, "Fir Works Inc.;2025-04-21;5.00;EUR;x"), PAID)
        bring(store, csv_file(tmp_path, "partner id,name,legal name\nF,Fir,Fir Works Inc.\n", "partners.csv"))
        assert (partners(store), payees(store)) == ({"F"}, {"F"})


def test_the_name_of_a_closed_statements_head_is_its_partner(store: Store, tmp_path: Path) -> None:
    rename(store, "Alder Group Oyj")
    bring(store, paid(tmp_path, "Alder Oy;2025-04-21;5.00;EUR;x"), PAID)
    assert (partners(store), payees(store)) == ({"A", "N"}, {"A"})
    named = store.read(Names).partner
    assert (named("alder oy"), named("Alder Group Oyj"), named("Elm")) == ("A", "A", "")


def test_the_number_of_an_item_proves_whose_payment_it_is(store: Store, tmp_path: Path) -> None:
    release(store)
    rows = "Trust Ltd;2025-04-22;150.25;EUR;PR-0001-002 thanks", "Trust Ltd;2025-04-22;170.00;EUR;(PR-0001-003)"
    bring(store, paid(tmp_path, *rows), PAID)
    assert (partners(store), payees(store)) == ({"A", "N"}, {"A", "N"})
    assert {item.reference for item in match(store).settled} == {"PR-0001-002", "PR-0001-003"}


def test_a_payee_that_nobody_knows_is_asked_about_with_its_place(store: Store, tmp_path: Path) -> None:
    path = paid(tmp_path, "Alder;2025-04-21;5.00;EUR;x", "Elm;2025-04-21;6.00;EUR;y")
    (asked,) = look(store, path, PAID).questions
    assert (asked.key, asked.rows) == ("payee", 1) and "“Elm” (paid.csv line 3)" in asked.because
    with pytest.raises(Refused, match="Is this a new partner"):
        bring(store, path, PAID)
    shown = look(store, path, PAID | {"payee": "leave"})
    assert [p.place for p in shown.problems] == ["paid.csv line 3"] and shown.placeholders == ()
    assert bring(store, path, PAID | {"payee": "leave"}).new == 1
    assert (partners(store), payees(store)) == ({"A", "N"}, {"A"})
    assert [q.key for q in look(store, path, PAID).questions] == ["payee"], "asked anew of each file"
    bring(store, path, PAID | {"payee": "take"})
    assert (partners(store), payees(store)) == ({"A", "N", "Elm"}, {"A", "Elm"})
