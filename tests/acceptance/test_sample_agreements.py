"""The agreements of the sample book: each says its own partner's terms, and no name or identifier of another one."""

import io
import re
from dataclasses import asdict
from datetime import date

import pypdfium2
import pytest

from partnerdesk.engine.facts import Partner
from partnerdesk.ops.agreements.issuing import draft_agreement
from partnerdesk.ops.sample import AS_OF
from partnerdesk.ops.sample.cast import profiles
from partnerdesk.queries.agreements import agreement_content, agreement_document, agreements
from partnerdesk.reports.agreement import compose
from partnerdesk.store import Store

PARTNERS = [profile.partner for profile in profiles()]


def others(partner: str) -> re.Pattern[str]:
    """Names and identifiers of all other partners as whole words."""
    foreign = [word for p in PARTNERS if p.id != partner for word in (p.id, p.name, p.tax_id, p.agreement)]
    return re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in foreign if word))


def words_of(document: bytes) -> str:
    pdf = pypdfium2.PdfDocument(io.BytesIO(document))
    try:
        marks = [mark.get_title() for mark in pdf.get_toc()]
        texts = [page.get_textpage().get_text_bounded() for page in pdf]
        return "\n".join((*texts, *marks, str(pdf.get_metadata_dict())))
    finally:
        pdf.close()


@pytest.mark.parametrize("partner", PARTNERS, ids=lambda p: p.id)
def test_a_draft_names_no_other_partner(book: Store, partner: Partner) -> None:
    id = partner.id
    found = book.read(draft_agreement, id, on=AS_OF)
    composed = compose(found.agreement)
    assert composed.faults == ()
    said = words_of(composed.content) + str(asdict(found.agreement))
    assert others(id).findall(said) == []
    assert ("British Isles" in {t.title for s in found.agreement.sections for t in s.terms}) == (
        partner.country in ("GB", "IE")
    )


def test_the_search_for_others_finds_one() -> None:
    assert others("P-01").findall(f"terms of {PARTNERS[1].name} (P-02)") == [PARTNERS[1].name, "P-02"]


def test_some_are_issued_and_signed_and_follow_from_what_was_kept(book: Store) -> None:
    rows = book.read(agreements)
    assert [(r.partner, r.version, r.status) for r in rows] == [
        ("P-01", 2, "signed"),
        ("P-01", 1, "replaced"),
        ("P-04", 1, "signed"),
        ("P-10", 1, "issued"),
    ]
    assert max(r.issued_on for r in rows) < date(2026, 11, 19)
    for row in rows:
        document = book.read(agreement_document, row.id)
        assert compose(book.read(agreement_content, row.id)).content == document
        assert others(row.partner).findall(words_of(document)) == []
