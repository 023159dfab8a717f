"""A partner's record by hand: what is typed is read or refused with a remedy, and what follows from a change."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Partner, Person
from partnerdesk.errors import Refused
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.ops.rows.record import add_contact, add_record, edit_contact, edit_record, set_main_contact
from partnerdesk.ops.rows.record_fields import FIELDS, Known, named, person_fields
from partnerdesk.ops.statements.closing import close_period
from partnerdesk.ops.statements.restating import restate
from partnerdesk.paths import resource
from partnerdesk.queries.facts import fact
from partnerdesk.queries.partners.record import contacts_of, partner_record
from partnerdesk.queries.statements.archive import canonical_statement, closed_statements
from partnerdesk.queries.statements.closing import run
from partnerdesk.reports.statement.frozen import restored
from partnerdesk.store import Store
from tests.old.facts import AS_OF, facts

TODAY = date(2026, 11, 19)
KNOWN = Known({"P-1": "Nordlys", "P-2": "Brumaire", "P-3": "Brumaire"}, {"V-1": "Marit Solheim"})


@pytest.fixture
def book(session: Session) -> Session:
    rows = [Partner(id=f"P-{n}", name=name) for n, name in enumerate(("Nordlys", "Brumaire", "Kestrel"), start=1)]
    add_rows(session, [*rows, Person(id="V-1", name="Marit Solheim")])
    return session


def edit(session: Session, **values: Any) -> Partner:
    edit_record(session, "P-1", values, {}, on=TODAY, by="Ann")
    row = fact(session, "partner", "P-1")
    assert isinstance(row, Partner)
    return row


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("legal_name", "  Nordlys \n Data AS ", "Nordlys Data AS"),
        ("country", "no", "NO"),
        ("country", "Norway", "NO"),
        ("language", "nb-NO", "nb_NO"),
        ("currency", "usd", "USD"),
        ("status", "Suspended", "suspended"),
        ("iban", "no93 8601 1117 947", "NO9386011117947"),
        ("joined", "2024-02-29", date(2024, 2, 29)),
        ("joined", "", None),
        ("parent", "nordlys", "P-1"),
        ("parent", "P-3", "P-3"),
        ("owner", "Marit Solheim", "V-1"),
        ("owner", "", None),
        ("attribute:Cost centre", "=4711", "=4711"),
    ],
)
def test_what_is_typed_is_read(name: str, typed: str, value: Any) -> None:
    assert named(name).read(typed, KNOWN) == value


@pytest.mark.parametrize(
    ("name", "typed", "says"),
    [
        ("name", " ", "A partner needs a name. Type one."),
        ("tax_id", "none", "A tax number has digits"),
        ("country", "QQ", "No country has the code QQ. Write its name"),
        ("language", "klingon", "such as de_DE"),
        ("currency", "EURO", "Write three letters"),
        ("status", "gone", "active, prospect, suspended, left"),
        ("iban", "NO9386011117948", "The check digits of this IBAN do not fit"),
        ("iban", "4711", "others belong in Account number"),
        ("joined", "soon", "Write it as 2026-09-30"),
        ("parent", "Nobody", "Add it first"),
        ("parent", "Brumaire", "P-2 and P-3 are all called Brumaire. Name one by its identifier."),
        ("owner", "Ilse", "Add it under Our people first"),
        ("legal_name", "x" * 201, "Shorten it"),
        ("shoe_size", "42", "A partner has no field “shoe_size”. It is one of name,"),
    ],
)
def test_what_cannot_be_taken_says_the_remedy(name: str, typed: str, says: str) -> None:
    with pytest.raises(Refused) as refused:
        named(name).read(typed, KNOWN)
    assert says in str(refused.value)


def test_every_field_is_kept_and_conflicts_are_told(book: Session) -> None:
    texts = {"parent": "P-2", "owner": "V-1", "country": "NO", "currency": "NOK", "language": "nb_NO", "status": "left"}
    texts |= {"iban": "NO9386011117947", "tax_id": "NO 12"}
    values: dict[str, Any] = {}
    for field in FIELDS:
        typed = texts.get(field.name, "2026-01-02" if field.hint in ("a day", "attested on") else f"{field.title} 1")
        values[field.name] = field.read(typed, Known({"P-2": "Brumaire"}, {"V-1": "Marit"}))
    row = edit(book, **values)
    record = partner_record(book, "P-1")
    assert {name: getattr(row, name) for name in values if named(name).attribute == ""} == {
        name: value for name, value in values.items() if named(name).attribute == ""
    }
    assert record.partner.attributes == {
        "Address": "Address 1",
        "IBAN": "NO9386011117947",
        "Account": "Account number 1",
    }
    with pytest.raises(Refused, match="“Segment” was “x” when you opened it and is “Segment 1” now"):
        edit_record(book, "P-1", {"segment": "y"}, {"segment": "x"}, on=TODAY)


def test_an_own_field_is_found_whatever_its_case_and_goes_away_when_empty(book: Session) -> None:
    edit(book, **{"attribute:iban": "old", "attribute:Cost centre": "4711"})
    assert edit(book, iban="NO9386011117947").attributes == {"iban": "NO9386011117947", "Cost centre": "4711"}
    assert edit(book, iban="").attributes == {"Cost centre": "4711"}


def test_status_and_day_of_leaving_say_the_same(book: Session) -> None:
    assert edit(book, status="left").left == TODAY
    assert edit(book, status="active").left is None
    assert edit(book, left=TODAY).status == "left"
    assert edit(book, left=None).status == "active"
    assert edit(book, left=date(2027, 3, 31)).status == "active"


def test_nobody_stands_below_itself(book: Session) -> None:
    edit_record(book, "P-2", {"parent": "P-1"}, {}, on=TODAY)
    edit_record(book, "P-3", {"parent": "P-2"}, {}, on=TODAY)
    with pytest.raises(Refused, match="P-3 itself belongs to P-1"):
        edit(book, parent="P-3")
    with pytest.raises(Refused, match="its own parent"):
        edit(book, parent="P-1")


def test_one_contact_is_the_main_one(book: Session) -> None:
    fields = person_fields({"name": " Ilse  van Dorp", "email": "ilse@nordlys.example"})
    ilse = add_contact(book, partner="P-1", fields=fields, main=True)
    bo = add_contact(book, partner="P-1", fields={"name": "Bo"})
    assert [(row.name, row.main) for row in contacts_of(book, "P-1")] == [("Ilse van Dorp", True), ("Bo", False)]
    edit_contact(book, id=bo, fields={"role": "Director"}, main=True)
    assert [(row.id, row.main) for row in contacts_of(book, "P-1")] == [(bo, True), (ilse, False)]
    set_main_contact(book, bo, main=False)
    assert not any(row.main for row in contacts_of(book, "P-1"))
    with pytest.raises(Refused, match="Only a partner has a main contact"):
        set_main_contact(book, "V-1")
    for wrong, says in (("ilse", "is no mail address"), ("a@b", "is no mail address")):
        with pytest.raises(Refused, match=says):
            person_fields({"email": wrong})


def test_a_new_partner_has_its_fields_at_once(book: Session) -> None:
    id = add_record(book, "Havsnes", {"country": "NO", "iban": "NO9386011117947"}, on=TODAY, by="Ann")
    row = partner_record(book, id).partner
    assert (row.country, row.attributes) == ("NO", {"IBAN": "NO9386011117947"})


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[Store]:
    """A book of which January is closed."""
    with Store.create(tmp_path / "Book.partnerdesk", user="Ana") as store:
        store.transact("Add facts", add_rows, facts(), system="test")
        text = resource("programs/fennmark/2024.1.toml").read_text(encoding="utf-8")
        store.transact("Add program", add_version, text, "2024.1.toml")
        total = store.read(run, "2025-01", AS_OF).total
        named_two = {"maker": "Ana", "checker": "Bo", "at": "2025-04-15T09:00:00Z"}
        store.transact("Close", close_period, "2025-01", AS_OF, total=total, **named_two)
        yield store


def test_a_closed_statement_keeps_its_head_and_a_restatement_has_todays(closed: Store) -> None:
    before = closed.read(partner_record, "P1").partner
    new = {"legal_name": "Tornio Oy Ab", "tax_id": "FI-77"}
    step = closed.transact("Edit record", edit_record, "P1", new, {}, on=AS_OF)
    assert set(step.changes.tables) == {"partner"}
    said = {"reason": "The name changed.", "maker": "Ana", "checker": "Bo", "at": "2025-06-20T09:00:00Z"}
    closed.transact("Restate", restate, "P1", "2025-01", date(2025, 6, 20), **said)
    id = closed.read(closed_statements, "P1", "2025-01")[0].id
    first, second = (restored(closed.read(canonical_statement, id, n)) for n in (1, 2))
    assert (first.legal_name, first.tax_id) == (before.legal_name or before.name, before.tax_id)
    assert (second.legal_name, second.tax_id) == ("Tornio Oy Ab", "FI-77")
    with pytest.raises(Refused, match="Add a partner of its own for the other currency"):
        closed.transact("Edit", edit_record, "P1", {"currency": "SEK"}, {}, on=AS_OF)


def test_an_edit_is_one_step_that_undo_takes_back(closed: Store) -> None:
    before = closed.read(partner_record, "P1")
    new = {"segment": "enterprise", "iban": "NO9386011117947"}
    closed.transact("Edit record", edit_record, "P1", new, {}, on=AS_OF)
    contact = {"partner": "P1", "fields": {"name": "Bo"}, "main": True}
    closed.transact("Add contact", lambda session: add_contact(session, **contact))
    assert closed.read(partner_record, "P1") != before
    closed.undo()
    closed.undo()
    assert closed.read(partner_record, "P1") == before
