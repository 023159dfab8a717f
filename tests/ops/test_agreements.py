"""Agreements are issued, frozen, read again byte for byte, signed by digest, and told apart from other files."""

import io
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from sqlalchemy import delete, update

from partnerdesk.engine.facts import Person
from partnerdesk.errors import PartnerDeskError, Refused
from partnerdesk.models.agreements import agreement, signature
from partnerdesk.ops.agreements.copies import Signing, export_agreement, recognised, record_signature, signed_file
from partnerdesk.ops.agreements.issuing import draft_agreement, issue_agreement
from partnerdesk.ops.agreements.texts import remove_text, standard_text, text_named, text_names, write_text
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.queries.agreements import (
    REPLACED,
    SIGNED,
    agreement_changes,
    agreement_content,
    agreement_document,
    agreements,
)
from partnerdesk.queries.facts import fact
from partnerdesk.reports.agreement import compose
from partnerdesk.store import Store
from tests.program.agreements import ALONE, NORTH, PARTNERS, SOUTH, TEXT

DAY, AT = date(2026, 3, 2), "2026-03-02T10:00:00Z"


@pytest.fixture
def book(tmp_path: Path) -> Store:
    store = Store.create(tmp_path / "Ours.partnerdesk", user="Ann")
    rows = [Person(id="V", name="Vera Manager"), *(replace(p, owner="V") for p in PARTNERS)]
    store.transact("Add", add_rows, rows, by="Ann")
    store.transact("Add program", add_version, TEXT, "gorge.toml")
    yield store
    store.close()


def issue(book: Store, partner: str = "P-N", on: date = DAY, **more: object) -> int:
    return book.transact("Issue", issue_agreement, partner, on=on, by="Ann", at=AT, **more).value


def change_text(book: Store, before: str, after: str) -> None:
    text = book.read(text_named, "Standard")
    assert before in text
    book.transact("Edit text", write_text, "Standard", text, text.replace(before, after), at=AT)


def words_of(document: bytes) -> str:
    pdf = pypdfium2.PdfDocument(document)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in pdf)
    finally:
        pdf.close()


def signed(tmp_path: Path, name: str = "signed.pdf", content: bytes = b"%PDF signed by both") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def sign(book: Store, id: int, path: Path, today: date = date(2026, 4, 1), **more: Any) -> int:
    given = Signing(**{"signed_on": DAY, "for_partner": "Nils Fell", "for_vendor": "Vera Manager", **more})
    copy = signed_file(path)
    return book.transact("Record", record_signature, id, copy, given, today=today, by="Ann", at=AT).value


def test_an_earlier_version_stays_readable_byte_for_byte(book: Store) -> None:
    first = issue(book)
    document, content = book.read(agreement_document, first), book.read(agreement_content, first)
    later = TEXT.replace('version = "1"', 'version = "2"').replace("2026-01-01", "2026-06-01").replace("0.11", "0.12")
    book.transact("Add", add_version, later, "later.toml")
    change_text(book, "Earlier versions remain readable to both sides.", "Both sides keep earlier versions.")
    second = issue(book, on=date(2026, 6, 10))
    assert book.read(agreement_document, first) == document
    assert book.read(agreement_content, first) == content
    assert compose(content).content == document, "the document follows from what was kept"
    titles = {(c.what, c.title) for c in book.read(agreement_changes, first, second)}
    assert {("changed", "Upfront commission"), ("changed", "Version in force"), ("changed", "Paragraph 8")} <= titles
    rows = book.read(agreements, "P-N")
    assert [(r.number, r.version) for r in rows] == [("AG-P-N-2", 2), ("AG-P-N-1", 1)]
    assert "AG-P-N-1" in words_of(book.read(agreement_document, second)), "it names what it replaces"


def test_an_issued_agreement_cannot_be_changed_or_taken_back(book: Store) -> None:
    issue(book)
    for statement in (update(agreement).values(number="x"), delete(agreement)):
        with pytest.raises(Refused, match="An issued agreement never changes"):
            book.transact("Tamper", lambda session, s=statement: session.execute(s))
    assert book.undo_label is None


def test_what_was_looked_at_is_what_is_issued(book: Store) -> None:
    draft = book.read(draft_agreement, "P-N", on=DAY)
    change_text(book, "What is agreed", "What both sides agree")
    with pytest.raises(Refused, match="changed since you looked"):
        issue(book, digest=draft.digest)
    again = book.read(draft_agreement, "P-N", on=DAY)
    id = issue(book, digest=again.digest)
    assert book.read(agreement_content, id) == again.agreement


def test_a_version_that_says_the_same_from_the_same_day_is_refused(book: Store) -> None:
    issue(book)
    with pytest.raises(Refused, match="Nothing differs from AG-P-N-1"):
        issue(book, on=date(2026, 3, 9), holds_from=DAY)
    with pytest.raises(Refused, match="cannot hold from before"):
        issue(book, on=date(2026, 3, 9), holds_from=date(2026, 3, 1))
    issue(book, on=date(2026, 3, 9))  # the same terms from a later day are renewed


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("For {partnr}.", "there is no place {partnr}"),
        ("Tax: {tax number}.", "names {tax number}, and for Nordfell Systems there is none"),
    ],
)
def test_a_text_that_cannot_be_filled_issues_nothing(book: Store, text: str, words: str) -> None:
    book.transact("Write", write_text, "Own", "", text, at=AT)
    with pytest.raises(Refused, match=words):
        issue(book, template="Own")
    assert book.read(agreements) == ()


def test_texts_are_edited_as_they_were_seen_and_come_back_to_the_standard(book: Store) -> None:
    change_text(book, "What is agreed", "Scope")
    assert "Scope" in book.read(text_named, "Standard")
    with pytest.raises(Refused, match="was changed since you opened it"):
        book.transact("Edit", write_text, "Standard", standard_text(), "x", at=AT)
    book.transact("Write", write_text, "Referral", "", "We thank {partner}.", at=AT)
    assert book.read(text_names) == ("Standard", "Referral")
    book.transact("Remove", remove_text, "Standard")
    assert book.read(text_named, "Standard") == standard_text()
    book.undo()
    assert "Scope" in book.read(text_named, "Standard")
    with pytest.raises(Refused, match="no agreement text called"):
        book.read(text_named, "Nothing")


def test_a_signed_copy_is_known_again_and_another_file_is_not(book: Store, tmp_path: Path) -> None:
    id = issue(book)
    path = signed(tmp_path)
    before = path.read_bytes()
    sign(book, id, path)
    assert path.read_bytes() == before
    (row,) = book.read(agreements, "P-N")
    assert row.status == SIGNED and row.signature is not None
    assert (row.signature.file, row.signature.size, row.signature.for_partner) == ("signed.pdf", 19, "Nils Fell")
    known = book.read(recognised, "P-N", signed_file(path))
    assert (known.version, known.is_signed_copy) == (1, True)
    path.write_bytes(before + b" ")
    assert book.read(recognised, "P-N", signed_file(path)).version == 0, "one byte more is another file"
    exported = book.read(export_agreement, "P-N", tmp_path / "out")
    original = book.read(recognised, "P-N", signed_file(exported.path))
    assert (original.version, original.is_signed_copy) == (1, False)
    assert book.read(recognised, "P-S", signed_file(exported.path)).version == 0, "it is another partner's"
    assert exported.path.read_bytes() == book.read(agreement_document, id)


def test_a_signature_is_recorded_again_but_never_changed(book: Store, tmp_path: Path) -> None:
    id = issue(book)
    sign(book, id, signed(tmp_path), keeps_name=False)
    sign(book, id, signed(tmp_path, "b.pdf", b"better scan"), for_partner="Nora Fell")
    (row,) = book.read(agreements, "P-N")
    assert [s.file for s in row.signatures] == ["", "b.pdf"]
    assert row.signature is not None and row.signature.for_partner == "Nora Fell"
    with pytest.raises(Refused, match="never changes"):
        book.transact("Tamper", lambda session: session.execute(update(signature).values(for_partner="x")))
    book.undo()
    assert len(book.read(agreements, "P-N")[0].signatures) == 1
    issue(book, on=date(2026, 5, 1))
    sign(
        book,
        book.read(agreements, "P-N")[0].id,
        signed(tmp_path, "c.pdf", b"c"),
        signed_on=date(2026, 5, 2),
        today=date(2026, 5, 3),
    )
    assert [r.status for r in book.read(agreements, "P-N")] == [SIGNED, REPLACED]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"for_partner": " "}, "names who signed for both sides"),
        ({"signed_on": date(2026, 3, 1)}, "between its issue and today"),
        ({"signed_on": date(2026, 4, 2)}, "between its issue and today"),
    ],
)
def test_a_signature_that_cannot_be_is_refused(
    book: Store, tmp_path: Path, given: dict[str, object], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        sign(book, issue(book), signed(tmp_path), **given)


def test_the_document_as_it_was_issued_is_no_signed_copy(book: Store, tmp_path: Path) -> None:
    id = issue(book)
    with pytest.raises(Refused, match="without a signature"):
        sign(book, id, book.read(export_agreement, "P-N", tmp_path / "out").path)
    with pytest.raises(PartnerDeskError, match=r"gone\.pdf cannot be read"):
        signed_file(tmp_path / "gone.pdf")


def test_number_and_day_are_noted_on_the_partner_when_asked(book: Store, tmp_path: Path) -> None:
    id = issue(book)
    sign(book, id, signed(tmp_path))
    assert fact_of(book, "P-N").agreement_signed is None
    sign(book, id, signed(tmp_path), notes_on_partner=True)
    assert (fact_of(book, "P-N").agreement, fact_of(book, "P-N").agreement_signed) == ("AG-P-N-1", DAY)


def fact_of(book: Store, partner: str) -> object:
    return book.read(fact, "partner", partner)


FOREIGN = {
    NORTH.id: ("Suriana", "P-S", "Aldermoor", "P-A", "Referral terms", "Special reward"),
    SOUTH.id: ("Nordfell", "P-N", "Aldermoor", "P-A", "Special reward", "Northern holidays"),
    ALONE.id: ("Nordfell", "P-N", "Suriana", "P-S", "Referral terms", "Northern holidays"),
}


@pytest.mark.parametrize("partner", list(FOREIGN))
def test_a_document_holds_nothing_of_another_partner_or_of_anothers_module(book: Store, partner: str) -> None:
    id = issue(book, partner)
    document = book.read(agreement_document, id)
    said = words_of(document) + str(asdict(book.read(agreement_content, id))) + metadata_of(document)
    assert [word for word in FOREIGN[partner] if word in said] == []
    assert compose(book.read(agreement_content, id)).faults == ()


def metadata_of(document: bytes) -> str:
    pdf = pypdfium2.PdfDocument(io.BytesIO(document))
    try:
        return str(pdf.get_metadata_dict()) + str([mark.get_title() for mark in pdf.get_toc()])
    finally:
        pdf.close()


def test_a_draft_says_so_on_every_page(book: Store) -> None:
    draft = book.read(draft_agreement, "P-N", on=DAY)
    found = compose(draft.agreement, is_draft=True)
    assert words_of(found.content).count("DRAFT, not issued") == found.pages
    assert "DRAFT" not in words_of(book.read(agreement_document, issue(book)))
    assert {left.key for left in draft.left_out} >= {"module.referral", "module.alder", "clause.alder"}
