"""Puts the pages of a guide together: sections, page numbers, outline and metadata, and the bytes."""

from collections.abc import Iterator
from dataclasses import dataclass

from partnerdesk.engine.figures.writing import written
from partnerdesk.program.words import rule_words
from partnerdesk.reports import fonts
from partnerdesk.reports.format import Formats
from partnerdesk.reports.guide import calendar, closing, opening, rules, standing
from partnerdesk.reports.guide.data import GuideData
from partnerdesk.reports.guide.phrases import short
from partnerdesk.reports.look import DOCUMENT, Look
from partnerdesk.reports.names import safe_name
from partnerdesk.reports.page import A4_PORTRAIT, Document, Meta
from partnerdesk.reports.page.composed import Composed, Page, drawn
from partnerdesk.reports.page.flow import Part, paged
from partnerdesk.reports.page.paper import undrawable
from partnerdesk.reports.page.portrait import BOTTOM, Frame, content_top
from partnerdesk.reports.symbols import DEFAULT

_DOCUMENT = "Program guide"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the guide that begins on a page of its own."""

    name: str
    title: str
    parts: list[Part]


def formats_for(locale: str = DEFAULT) -> Formats:
    """How a guide writes numbers and days: as the locale does, in English words."""
    return Formats(locale, english=True, hard_spaces=True)


def compose(data: GuideData, look: Look = DOCUMENT, formats: Formats | None = None) -> Composed:
    """The PDF of a guide with the record of its texts; sentences have their numbers as `formats` writes them.

    Equal input gives equal bytes. Raises Refused when no font has a character of it.
    """
    formats = formats or formats_for()
    try:
        with written(formats):
            pages = list(_pages(data, formats))
        document = Document(A4_PORTRAIT, _meta(data), look, data.name)
        return drawn(document, pages, _frame(data, formats), "rule")
    except fonts.Undrawable as error:
        raise undrawable(error, data.name) from error


def sections(data: GuideData, formats: Formats) -> Iterator[Section]:
    """All sections that have something to say, in order."""
    said = rule_words(data.program)
    yield Section("The program", opening.title(data), opening.parts(data, formats))
    yield Section("Tiers and score", standing.title(data), standing.parts(data, formats, said))
    yield Section("Rules", rules.title(said), rules.parts(data, formats, said))
    yield Section("Calendar and disputes", calendar.title(data), calendar.parts(data, formats, said))
    yield Section("Measures and open points", closing.title(data), closing.parts(data))


def _pages(data: GuideData, formats: Formats) -> Iterator[Page]:
    kept = (section for section in sections(data, formats) if section.parts)
    for number, section in enumerate(kept, 1):
        name = f"{number}  {section.name}"
        room = BOTTOM - content_top(section.title)
        for n, parts in enumerate(paged(section.parts, room, BOTTOM - content_top(""))):
            yield Page(name, "" if n else section.title, parts)


def _frame(data: GuideData, formats: Formats) -> Frame:
    program = data.program
    foot = short(program.vendor or data.name)
    middle = f"Version {short(program.version)} from {formats.day(program.effective_from)}"
    return Frame(short(data.name), _DOCUMENT, foot, middle)


def _meta(data: GuideData) -> Meta:
    """Title and vendor, nothing else; its day is the one from which the version is in force."""
    title = fonts.plain(f"{_DOCUMENT}, {data.name}, version {data.program.version}")
    return Meta(title, fonts.plain(data.program.vendor), "", data.program.effective_from)


def file_name(data: GuideData) -> str:
    """`Guide_<program>_v<version>.pdf`, safe on every system."""
    program = data.program
    return safe_name(f"{data.name}_v{program.version}", before="Guide_", after=".pdf", key=program.program)
