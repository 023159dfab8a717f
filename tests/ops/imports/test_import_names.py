"""Who is who in what comes in: identifiers, names, placeholders, accounts, people, and the lines of a deal."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.engine.facts import Deal, Partner
from partnerdesk.ops import imports
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.store.file import Store
from tests.files import csv_file, look
from tests.ops.imports.putting import HEADER, ONE, TWO, held


def test_an_identifier_that_another_system_took_is_told_apart(book: Store, put: Any) -> None:
    book.transact("Add", add_rows, [Partner(id="7", name="Own Seven"), Deal(id="D-1", partner="7")])
    put(HEADER + ONE)
    deals = held(book, "deal")
    assert set(deals) == {"D-1", "D-1 (files)"}
    assert (deals["D-1"].partner, deals["D-1 (files)"].partner) == ("7", "Acme")
    assert put(HEADER + ONE).batch is None


def test_a_name_links_to_the_only_row_of_that_name_and_to_none_of_two(book: Store, put: Any, tmp_path: Path) -> None:
    put("Partner ID,Partner,Country\nP1,Acme,DE\nP2,Twin,DE\nP3,Twin,FR\n")
    shown = look(book, csv_file(tmp_path, HEADER + ONE + TWO.replace("Beta", "Twin")))
    assert "Several partners are called “Twin”" in str(shown.problems[0])
    book.transact("Import", imports.apply, shown)
    assert [d.partner for d in held(book, "deal").values()] == ["P1", "Twin"]


def test_who_is_named_first_and_described_later_is_one(book: Store, put: Any) -> None:
    put(HEADER + ONE)
    assert held(book, "partner")["Acme"].status == "unknown"
    done = put("Partner ID,Partner,Country\nP1,Acme,DE\n", name="partners.csv")
    assert done.new == 1
    assert set(held(book, "partner")) == {"P1"}
    assert held(book, "deal")["D-1"].partner == "P1"
    assert put(HEADER + ONE).batch is None


def test_a_placeholder_by_key_is_filled_in_place(book: Store, put: Any) -> None:
    put("Order ID,Order Date,Product ID,Reseller ID,Sales\nSO1,2024-01-02,P1,R7,10\n")
    partner = held(book, "partner")["R7"]
    assert (partner.name, partner.status, partner.attributes) == ("R7", "unknown", {"known by": "key"})
    put("Reseller ID,Reseller,Country\nR7,Acme,DE\n", name="resellers.csv")
    partner = held(book, "partner")["R7"]
    assert (partner.name, partner.status, partner.attributes) == ("Acme", "active", {})


ACCOUNTS = (
    "Id,Name,Type,BillingCity,BillingCountry,NumberOfEmployees\n"
    "001A,Acme,Partner,Berlin,DE,5\n001B,Beta,Customer,Rom,IT,6\n"
)
OPPORTUNITIES = (
    "Id,AccountId,Name,StageName,Amount,CloseDate,IsClosed,IsWon\n"
    "006A,001A,One,Closed Won,5,2024-01-02,true,true\n006B,001B,Two,Closed Won,6,2024-01-02,true,true\n"
    "006C,001C,Three,Talks,7,2024-01-02,false,false\n"
)
CONTACTS = (
    "Id,AccountId,FirstName,LastName,MailingCity,ReportsToId,Email\n"
    "003A,001A,Jane,Roe,Berlin,,j@x.com\n003B,001B,Jo,Doe,Rom,,d@x.com\n"
)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (1, 0, 2)])
def test_accounts_are_partners_or_customers_whenever_they_come(book: Store, put: Any, order: tuple[int, ...]) -> None:
    files = (ACCOUNTS, OPPORTUNITIES, CONTACTS)
    for i in order:
        put(files[i], name=f"{i}.csv")
    deals = held(book, "deal")
    assert [(d.partner, d.customer) for d in deals.values()] == [("001A", None), (None, "001B"), (None, "001C")]
    assert set(held(book, "partner")) == {"001A"}
    assert {id: c.name for id, c in held(book, "customer").items()} == {"001B": "Beta", "001C": "001C"}
    people = held(book, "person")
    assert [(p.name, p.side, p.partner) for p in people.values()] == [
        ("Jane Roe", "partner", "001A"),
        ("Jo Doe", "customer", None),
    ]
    for i in order:
        assert put(files[i], name=f"{i}.csv").batch is None


def test_an_account_that_becomes_a_partner_takes_its_deals_along(book: Store, put: Any) -> None:
    put(ACCOUNTS.replace("Partner", "Prospect"))
    put(OPPORTUNITIES)
    assert held(book, "deal")["006A"].customer == "001A"
    put(ACCOUNTS)
    assert held(book, "deal")["006A"].partner == "001A"
    assert set(held(book, "customer")) == {"001B", "001C"}


def test_a_partner_is_never_demoted_silently(book: Store, put: Any, tmp_path: Path) -> None:
    put(ACCOUNTS)
    shown = look(book, csv_file(tmp_path, ACCOUNTS.replace("Partner", "Customer")))
    assert "is a partner in the book, and the file calls it a customer" in str(shown.problems[0])


def test_people_named_by_number_are_the_people_with_that_number(book: Store, put: Any) -> None:
    targets = "EmployeeID,Target,TargetMonth\n9001,5000,2024-01-01\n"
    people = "EmployeeKey,EmployeeID,Salesperson,Title,UPN\n7,9001,Jane Roe,Rep,j@x.com\n"
    put(targets)
    assert held(book, "person")["9001"].name == "9001"
    put(people)
    assert set(held(book, "person")) == {"7"}
    (target,) = held(book, "target").values()
    assert target.person == "7"
    assert put(targets).batch is None


def test_lines_that_come_in_two_files_make_one_deal(book: Store, put: Any) -> None:
    header = "Order ID,Order Date,Product ID,Reseller,Quantity,Sales\n"
    put(f"{header}SO1,2024-01-02,P1,Acme,1,10\n")
    put(f"{header}SO1,2024-01-03,P2,Acme,1,5\n")
    deal = held(book, "deal")["SO1"]
    assert (deal.amount, str(deal.closed)) == (Decimal("15.00"), "2024-01-02")
    assert put(f"{header}SO1,2024-01-02,P1,Acme,1,10\n").batch is None


def test_lines_do_not_overrule_a_deal_with_an_amount_of_its_own(book: Store, put: Any) -> None:
    put("Deal ID,Partner,Stage,Amount,Close date\nSO1,Acme,Closed Won,99,2024-01-02\n")
    put("Order ID,Order Date,Product ID,Reseller,Quantity,Sales\nSO1,2024-01-02,P1,Acme,1,10\n")
    assert held(book, "deal")["SO1"].amount == Decimal("99.00")
