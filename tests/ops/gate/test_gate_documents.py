"""Every kind of document passes the gate: the guide for everybody, agreements, and whose rows a document is made of."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest

from partnerdesk.errors import Refused
from partnerdesk.ops.agreements.copies import export_agreement
from partnerdesk.ops.agreements.issuing import issue_agreement
from partnerdesk.ops.agreements.texts import text_named, write_text
from partnerdesk.ops.gate.owned_words import names_of_partners
from partnerdesk.ops.gate.whose import Whose
from partnerdesk.ops.outgoing import note_outgoing
from partnerdesk.ops.programs.guide import export_version_guide
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.program.apart import text_for
from partnerdesk.program.reader import read_program
from partnerdesk.queries.agreements import agreements
from partnerdesk.reports.csvfile import csv_content
from partnerdesk.reports.release import Terms, World, release
from partnerdesk.store import Store
from tests.program.agreements import PARTNERS, TEXT

DAY, AT = date(2026, 3, 2), "2026-03-02T10:00:00Z"


@pytest.fixture
def book(tmp_path: Path) -> Store:
    store = Store.create(tmp_path / "Ours.partnerdesk", user="Ann")
    store.transact("Add", add_rows, list(PARTNERS), by="Ann")
    store.transact("Add program", add_version, TEXT, "gorge.toml")
    yield store
    store.close()


def words_of(path: Path) -> str:
    pdf = pypdfium2.PdfDocument(path.read_bytes())
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in pdf)
    finally:
        pdf.close()


def guide(book: Store, folder: Path, text: str = TEXT) -> str:
    names = book.read(names_of_partners)
    return words_of(export_version_guide(("gorge", text), [], folder, "en_GB", names).path)


def test_the_guide_is_for_everybody_and_names_no_partner(book: Store, tmp_path: Path) -> None:
    said = guide(book, tmp_path / "out")
    assert "Referral terms" in said
    for partner in PARTNERS:
        assert partner.name not in said and partner.id not in said
    assert "Special reward" not in said, "what one partner has alone stands in its agreement"


def test_a_guide_whose_text_names_a_partner_is_not_written(book: Store, tmp_path: Path) -> None:
    name = PARTNERS[0].name
    text = TEXT.replace('says = "Referral terms"', f'says = "Referral terms, as {name} has them"')
    with pytest.raises(Refused, match=f"for everybody was not released: “{name}”"):
        guide(book, tmp_path / "out", text)
    assert not list((tmp_path / "out").iterdir())


def test_a_partner_called_like_a_word_of_the_program_is_no_hit(book: Store, tmp_path: Path) -> None:
    book.transact("Add", add_rows, [replace(PARTNERS[0], id="P-R", name="Referral terms", legal_name="")], by="Ann")
    assert "Referral terms" in guide(book, tmp_path / "out")


def test_the_name_of_one_partners_file_is_no_word_of_its_own(book: Store, tmp_path: Path) -> None:
    names = {"P-1": "Acme Services", "P-2": "Acme Logistics", "P-3": "Moss & Moss", "P-4": "Moss"}
    rows = [replace(PARTNERS[0], id=id, name=name, legal_name="", document_name="") for id, name in names.items()]
    book.transact("Add", add_rows, rows, by="Ann")
    for id in names:
        book.transact("Issue", issue_agreement, id, on=DAY, by="Ann", at=AT)
        made = book.read(export_agreement, id, tmp_path / "out")
        book.transact("Left", note_outgoing, made.outgoing, on=DAY, by="Ann", at=AT)
    for id in names:
        assert book.read(export_agreement, id, tmp_path / "out").path.exists()


def test_what_is_for_a_partner_by_name_stands_in_its_own_text_alone() -> None:
    program = read_program(TEXT, "gorge").program
    assert program is not None
    assert "Aldermoor" not in text_for(TEXT, program, {"P-N"}) and "Referral terms" in text_for(TEXT, program, {"P-N"})
    assert "Aldermoor" in text_for(TEXT, program, {"P-A"})


def test_an_agreement_is_not_issued_with_another_partner_in_it(book: Store, tmp_path: Path) -> None:
    standard, other = book.read(text_named, "Standard"), PARTNERS[-1].name
    changed = f"{standard}\n\nAs agreed with {other} before."
    book.transact("Edit", write_text, "Standard", standard, changed, at=AT)
    with pytest.raises(Refused, match=f"“{other}” in .* belongs to somebody else"):
        book.transact("Issue", issue_agreement, "P-N", on=DAY, by="Ann", at=AT)
    assert book.read(agreements) == ()
    book.transact("Edit", write_text, "Standard", changed, f"{standard}\n\nThank you.", at=AT)
    book.transact("Issue", issue_agreement, "P-N", on=DAY, by="Ann", at=AT)
    assert book.read(export_agreement, "P-N", tmp_path / "out").path.exists()


def test_another_partners_terms_explain_nothing(book: Store) -> None:
    """The text of the programs is for all to read, except for what it says of a partner by name."""
    assert "aldermoor" in book.read(lambda session: Whose(session, DAY).world("P-A", "A")).said
    assert "aldermoor" not in book.read(lambda session: Whose(session, DAY).world("P-N", "N")).said


@dataclass(frozen=True)
class Line:
    partner: str
    amount: Decimal
    deal: str = ""


def test_a_row_of_another_partner_stops_a_document_before_it_is_written(tmp_path: Path) -> None:
    """Its number alone would be one of the data, and its owner, made of digits, is no word that a search finds."""
    world = World("1001", "Acme", Terms(("Delta Works", "1002")), frozenset({"Acme"}), veil="another partner")
    path, content = tmp_path / "a.csv", csv_content(("Amount",), [(Decimal("4711.25"),)])
    with pytest.raises(Refused, match="a row of 1002 is among its data"):
        release(path, content, world, (Line("1001", Decimal(5)), Line("1002", Decimal("4711.25"))))
    with pytest.raises(Refused, match="“Delta Works” in its data"):
        release(path, content, world, (Line("1001", Decimal("4711.25"), "Delta Works"),))
    assert not list(tmp_path.iterdir())
    release(path, content, world, (Line("1001", Decimal("4711.25")), Line("another partner", Decimal(7))))
    assert path.exists()
