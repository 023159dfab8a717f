"""The PDF itself: verbatim text in embedded fonts, only our metadata, equal bytes, no links, no images."""

import random
import re

import pytest

from partnerdesk.errors import Refused
from partnerdesk.reports import fonts
from partnerdesk.reports.look import BODY, CELL, TITLE
from partnerdesk.reports.marks import glyph
from partnerdesk.reports.page import Span
from tests.reports.page.reading import fonts_of, images_of, new_document, reader, squeezed, texts

HOSTILE = [
    "AT&T",
    "R&D <Labs> partner",
    "<Acme Corp>",
    "&lt;b&gt;not bold&lt;/b&gt;",
    '<img src="/etc/passwd"/>',
    '<a href="javascript:alert(1)">x</a>',
    "$5k to $10k",
    "$\\unknowncmd$ {{{{ \\alpha_x^2",
    "=cmd|' /C calc'!A0",
    "_Beta",
    "../../x",
    "CON.txt",
    "(parentheses) \\ and ) unbalanced ((",
    "[[[font color='red'>red</font>",
    "%PDF-1.4 endstream endobj",
    "Delta",
]


def one_page(*lines: str) -> bytes:
    document = new_document()
    page = document.page("Page", "p")
    for n, line in enumerate(lines):
        page.text(40, 30 + 20 * n, line, CELL)
    return document.finish()


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_verbatim(text: str) -> None:
    assert texts(one_page(text)) == [text]


@pytest.mark.parametrize("text", ["Ελληνικά Δεδομένα", "Компания Будущее", "Công ty Cổ phần", "ქართული", "Łódź – €5"])
def test_other_scripts_are_verbatim(text: str) -> None:
    assert squeezed(texts(one_page(text))[0]) == squeezed(text)


def test_any_text_is_drawn_as_it_is_or_refused() -> None:
    """R28 in a small size; `make prove PART=pages` runs 3,000 strings."""
    drawn, refused = fuzz(seed=20261119, count=200)
    assert drawn > 150
    assert drawn + refused == 200


def fuzz(seed: int, count: int) -> tuple[int, int]:
    """Random strings of markup, controls and many scripts: drawn verbatim, or refused with a sentence."""
    chance = random.Random(seed)
    pieces = [*"<>&;'\"\\/$_^{}()[]%#=+-@|~`\t\n\r\0 ", "&amp;", "<b>", "</para>", "<img src='x'/>", "&#0;", "é", "ß"]
    pieces += ["Ω", "Ж", "ậ", "→", "−", "ქ", "☃", "\u200b", "\u202e", "e\u0301", "A", "b", "7", "  ", "ﬁ"]
    lines = ["".join(chance.choice(pieces) for _ in range(chance.randint(1, 40))) for _ in range(count)]
    drawn = refused = 0
    document = new_document()
    expected = []
    for n, line in enumerate(lines):
        page = document.page("", f"p{n}")
        try:
            page.paragraph(40, 40, 700, line, BODY)
        except Refused:
            refused += 1
            expected.append(None)
        else:
            drawn += 1
            expected.append(squeezed(fonts.plain(line)))
    found = texts(document.finish())
    for line, wanted, text in zip(lines, expected, found, strict=True):
        assert wanted is None or squeezed(text) == wanted, repr(line)
    return drawn, refused


def test_a_character_without_a_font_is_refused_with_name_partner_and_remedy() -> None:
    document = new_document(owner="Halvorsen Data")
    with pytest.raises(Refused) as refused:
        document.page("", "p").text(10, 10, "Acme \U000e1234", CELL)
    assert "Halvorsen Data" in refused.value.sentence
    assert "U+E1234" in refused.value.sentence
    assert "where it comes from" in refused.value.remedy


def test_every_font_is_embedded_and_no_standard_font_is_named() -> None:
    document = new_document()
    page = document.page("", "p")
    page.text(40, 40, (Span("Bold ქართული ", TITLE), Span("regular", CELL)), CELL)
    found = fonts_of(document.finish())
    assert all(found.values())
    assert len(found) == 3
    assert not [name for name in found if re.search("Helvetica|Times|Courier|Symbol", name)]


def test_metadata_is_what_we_set_and_nothing_else() -> None:
    content = one_page("x")
    info = reader(content).metadata
    assert info is not None
    assert dict(info) == {
        "/Title": "A title",
        "/Author": "Fennmark",
        "/Subject": "Q3 2026",
        "/CreationDate": "D:20261119000000Z",
        "/ModDate": "D:20261119000000Z",
    }
    assert b"ReportLab" not in content
    assert b"reportlab" not in content
    assert b"Producer" not in content
    assert reader(content).trailer["/Root"]["/Lang"] == "en-GB"  # type: ignore[index]


def test_hostile_metadata_stays_text() -> None:
    document = new_document(title="R&D <Labs> (x) \\ Ω", author="A)/Producer(B")
    document.page("Open ) here", "p").text(40, 40, "x", CELL)
    info = reader(document.finish()).metadata
    assert info is not None
    assert info.title == "R&D <Labs> (x) \\ Ω"
    assert info.author == "A)/Producer(B"
    assert "/Producer" not in info


def test_equal_input_gives_equal_bytes() -> None:
    assert one_page("Halvorsen", "Łódź") == one_page("Halvorsen", "Łódź")
    assert one_page("a") != one_page("b")


def test_pages_stand_in_the_outline() -> None:
    document = new_document()
    for n, name in enumerate(["Summary: R&D (x)", "", "Appendix"]):
        document.page(name, f"p{n}").text(40, 40, f"page {n}", CELL)
    found = reader(document.finish())
    titles = [entry.title for entry in found.outline]  # type: ignore[union-attr]
    assert titles == ["Summary: R&D (x)", "Appendix"]
    assert [found.get_destination_page_number(entry) for entry in found.outline] == [0, 2]  # type: ignore[arg-type]


def test_nothing_can_be_clicked_and_nothing_runs() -> None:
    content = one_page(*HOSTILE)
    for page in reader(content).pages:
        assert "/Annots" not in page
    assert not re.search(rb"/(URI|JavaScript|JS|Launch|EmbeddedFile|OpenAction)\b", content)
    assert images_of(content) == 0


def test_marks_are_vectors() -> None:
    document = new_document()
    document.page("", "p").shapes(50, 50, glyph("late", 20))
    assert images_of(document.finish()) == 0


def test_a_text_outside_its_room_or_over_another_is_found() -> None:
    document = new_document()
    page = document.page("", "p")
    page.text(40, 40, "a long text in a narrow room", CELL, room=(40, 60))
    page.text(40, 100, "below", CELL)
    page.text(45, 103, "over it", CELL)
    page.text(830, 200, "off the page", CELL)
    found = [(fault.text, fault.with_text) for fault in document.faults()]
    assert ("a long text in a narrow room", "") in found
    assert ("below", "over it") in found
    assert ("off the page", "") in found
    assert len(found) == 3


def test_text_that_fits_is_no_fault() -> None:
    document = new_document()
    page = document.page("", "p")
    page.text(40, 40, "one", CELL)
    page.text(40, 40 + CELL.leading, "two", CELL)
    page.text(80, 40, "three", CELL, room=(80, 120))
    assert document.faults() == []
