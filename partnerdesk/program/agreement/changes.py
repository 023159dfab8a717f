"""What differs between two versions of a partner's agreement, in words: terms, its text, and who the partner is."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from partnerdesk.program.agreement.content import Agreement, Section, Term

NEW, GONE, CHANGED = "new", "gone", "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is new, gone or changed; `where` is its section."""

    what: str
    where: str
    title: str
    before: str
    after: str


def changes(before: Agreement, after: Agreement) -> tuple[Change, ...]:
    """Every difference in the order of the later agreement; what is gone comes last in its section."""
    return (*_head(before, after), *_terms(before.sections, after.sections), *_text(before, after))


def _head(before: Agreement, after: Agreement) -> Iterator[Change]:
    """Whom it is made with, and the version of the program."""
    old, new = _told(before), _told(after)
    for name in dict.fromkeys((*new, *old)):
        if old.get(name, "") != new.get(name, ""):
            yield Change(_what(name in old, name in new), "Parties", name, old.get(name, ""), new.get(name, ""))


def _told(agreement: Agreement) -> dict[str, str]:
    told = {"Partner": agreement.name, "Vendor": agreement.vendor, **dict(agreement.facts)}
    return {name: value for name, value in told.items() if value}


def _what(was: bool, is_now: bool) -> str:
    return CHANGED if was and is_now else NEW if is_now else GONE


def _terms(before: tuple[Section, ...], after: tuple[Section, ...]) -> Iterator[Change]:
    old = {term.key: (section.title, term) for section in before for term in section.terms}
    new = {term.key: (section.title, term) for section in after for term in section.terms}
    for key in (*new, *(key for key in old if key not in new)):
        where, term = new[key] if key in new else old[key]
        was, now = (_words(found[key][1]) if key in found else "" for found in (old, new))
        if was != now:
            yield Change(_what(key in old, key in new), where, term.title, was, now)


def _words(term: Term) -> str:
    """What a term says; the hash of a version is no word."""
    parts = [term.sentence, "" if term.key == "version" else term.numbers]
    origin = f"from {term.origin}" if term.origin else ""
    return " ".join(part for part in (*parts, origin) if part)


def _text(before: Agreement, after: Agreement) -> Iterator[Change]:
    """Paragraphs of the text as they were written: what their places stand for is told elsewhere."""
    old, new = ([paragraph.written for paragraph in made.text] for made in (before, after))
    for tag, i, j, m, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            was, now = "\n".join(old[i:j]), "\n".join(new[m:n])
            yield Change(_what(i < j, m < n), "Text of the agreement", f"Paragraph {(m if m < n else i) + 1}", was, now)
