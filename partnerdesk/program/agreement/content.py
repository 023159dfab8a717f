"""An agreement as it is issued: texts and days alone, so that what was kept reads the same whatever the program does.

Written as JSON with sorted keys; `FORMAT` is raised when a field changes its meaning.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Wording:
    """A piece of the agreement's text with its places filled, and as it was written; a heading or not."""

    words: str
    written: str
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that is agreed: its name, the sentence, its numbers, clause, the module it is from, since when."""

    key: str
    title: str
    sentence: str
    numbers: str = ""
    reference: str = ""
    origin: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Terms that belong together; `note` stands under the title."""

    key: str
    title: str
    terms: tuple[Term, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """One version of one partner's agreement.

    `holds_from` is the day from which it holds; `replaces` the number of the one before; `partner` and `facts` say
    who the partner is, on whose attributes the terms rest.
    """

    number: str
    version: int
    partner: str
    name: str
    vendor: str
    program: str
    program_version: str
    program_sha256: str
    issued_on: date
    holds_from: date
    replaces: str
    template: str
    facts: tuple[tuple[str, str], ...]
    text: tuple[Wording, ...]
    sections: tuple[Section, ...]


def written(agreement: Agreement) -> bytes:
    """The agreement as canonical JSON: equal agreements give equal bytes."""
    raw = {"format": FORMAT, **asdict(agreement)}
    return json.dumps(raw, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str).encode()


def read(content: bytes) -> Agreement:
    """An agreement from what `written` gave. Raises ValueError for another format, KeyError or TypeError for none."""
    raw: dict[str, Any] = json.loads(content)
    if raw.pop("format") != FORMAT:
        raise ValueError("the agreement is written in another format")
    sections = tuple(
        Section(s["key"], s["title"], tuple(Term(**term) for term in s["terms"]), s["note"])
        for s in raw.pop("sections")
    )
    text = tuple(Wording(**paragraph) for paragraph in raw.pop("text"))
    facts = tuple((name, value) for name, value in raw.pop("facts"))
    issued_on, holds_from = (date.fromisoformat(raw.pop(name)) for name in ("issued_on", "holds_from"))
    return Agreement(**raw, issued_on=issued_on, holds_from=holds_from, facts=facts, text=text, sections=sections)
