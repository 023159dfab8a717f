"""The text of an agreement: named places, filled once and never read again; how two versions differ."""

from dataclasses import replace
from datetime import date

import pytest

from partnerdesk.paths import resource
from partnerdesk.program.agreement.changes import changes
from partnerdesk.program.agreement.content import Agreement, Section, Term, Wording, read, written
from partnerdesk.program.agreement.template import PLACES, filled, paragraphs, problems, used

VALUES = {name: f"<{name}>" for name in PLACES}


def test_the_standard_text_is_sound_and_names_nothing_that_may_be_missing() -> None:
    text = resource("agreements/standard.txt").read_text(encoding="utf-8")
    assert problems(text) == []
    assert not used(text) & {"tax number", "city", "region", "country", "account manager"}
    assert next(p.words for p in paragraphs(text) if p.is_heading) == "1. What is agreed"


def test_paragraphs_and_headings_are_seen_before_anything_is_filled() -> None:
    found = filled("Parties\n\nBetween {vendor}\nand {partner}.\n\n\n{partner id}: not a heading;", VALUES)
    assert found == (
        Wording("Parties", "Parties", True),
        Wording("Between <vendor> and <partner>.", "Between {vendor} and {partner}."),
        Wording("<partner id>: not a heading;", "{partner id}: not a heading;"),
    )


@pytest.mark.parametrize("name", ["{vendor}", "Clause\n\nHeading", "=1+1", "<b>A</b>", "{partner.__class__}", "%s {0}"])
def test_what_is_filled_in_is_neither_place_nor_heading_nor_markup(name: str) -> None:
    (found,) = filled("For {partner}: terms.", VALUES | {"partner": name})
    assert found.words == f"For {' '.join(name.split())}: terms." and not found.is_heading


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A\n\nFor {partnr}.", "line 3: there is no place {partnr}. Did you mean {partner}?"),
        ("{}", "there is no place {}"),
        ("{partner.name}", "there is no place {partner.name}"),
        ("{1 + 1}", "there is no place {1 + 1}. Known: number, version"),
        ("A { brace.", "a brace without its other one"),
        ("A } brace.", "a brace without its other one"),
        (" \n ", "the text is empty"),
    ],
)
def test_what_is_no_place_is_said_with_its_line(text: str, words: str) -> None:
    assert any(words in str(problem) for problem in problems(text)), problems(text)


def made(**changed: object) -> Agreement:
    term = Term("cap.a", "Cap", "At most 10.", "10 a quarter", "C-1", "", "version 1, 1 Jan 2026")
    base = Agreement(
        number="AG-P-1",
        version=1,
        partner="P",
        name="Łużyca & Söhne",
        vendor="V",
        program="Program",
        program_version="1",
        program_sha256="0" * 64,
        issued_on=date(2026, 1, 2),
        holds_from=date(2026, 1, 3),
        replaces="",
        template="Standard",
        facts=(("Type", "msp"),),
        text=(Wording("A B", "A {vendor}"), Wording("C", "C")),
        sections=(Section("limits", "Limits", (term,)),),
    )
    return replace(base, **changed)


def test_what_is_written_is_read_again_and_equal_agreements_are_equal_bytes() -> None:
    assert read(written(made())) == made()
    assert written(made()) == written(made()) != written(made(version=2))
    with pytest.raises(ValueError, match="another format"):
        read(written(made()).replace(b'"format":1', b'"format":9'))


def test_only_what_differs_in_meaning_is_a_change() -> None:
    later = made(version=2, number="AG-P-2", replaces="AG-P-1", issued_on=date(2027, 1, 1), holds_from=date(2027, 1, 1))
    assert changes(made(), later) == ()


def test_changes_are_told_in_words() -> None:
    cap = Term("cap.a", "Cap", "At most 12.", "12 a quarter", "C-1")
    new = Term("clause.x", "Audit", "Once a year.")
    later = made(
        facts=(("Type", "reseller"), ("Region", "Nordics")),
        sections=(Section("limits", "Limits", (cap,)), Section("rights", "Audit", (new,))),
        text=(Wording("A Z", "A {vendor}"), Wording("D", "D"), Wording("E", "E")),
    )
    assert [(c.what, c.where, c.title, c.before, c.after) for c in changes(made(), later)] == [
        ("changed", "Parties", "Type", "msp", "reseller"),
        ("new", "Parties", "Region", "", "Nordics"),
        ("changed", "Limits", "Cap", "At most 10. 10 a quarter", "At most 12. 12 a quarter"),
        ("new", "Audit", "Audit", "", "Once a year."),
        ("changed", "Text of the agreement", "Paragraph 2", "C", "D\nE"),
    ]
    assert [c.what for c in changes(later, made())] == ["changed", "gone", "changed", "gone", "changed"]
