"""Puts the pages of a guide together: sections, page numbers, outline and metadata, and the bytes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from partnerdesk.engine.figures.writing import written
from partnerdesk.program.words import rule_words
from partnerdesk.reports import fonts
from partnerdesk.reports.format import Formats
from partnerdesk.reports.guide import calendar, closing, opening, rules, standing
from partnerdesk.reports.guide.data import GuideData
from partnerdesk.reports.guide.phrases import short
from partnerdesk.reports.look import DOCUMENT, TITLE_PORTRAIT, Look
from partnerdesk.reports.names import safe_name
from partnerdesk.reports.page import A4_PORTRAIT, MM, Document, Meta
from partnerdesk.reports.page.composed import Composed, Page, drawn
from partnerdesk.reports.page.flow import Part, Prose, paged
from partnerdesk.reports.page.paper import undrawable
from partnerdesk.reports.page.portrait import BOTTOM, WIDTH, Frame, content_top
from partnerdesk.reports.symbols import DEFAULT

_DOCUMENT = "Program guide"
_BETWEEN, _AFTER = 16 * MM, 5 * MM  # above and below the title of a section that begins inside a page


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the guide: where the page before has no room for all of it, it begins on a page of its own."""

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


def _pages(data: GuideData, formats: Formats) -> list[Page]:
    pages: list[Page] = []
    kept = (section for section in sections(data, formats) if section.parts)
    for number, section in enumerate(kept, 1):
        going_on = [*pages[-1].parts, *_headed(section)] if pages else []
        if pages and _height(going_on) <= BOTTOM - content_top(pages[-1].title):
            pages[-1] = replace(pages[-1], parts=going_on)
            continue
        name, room = f"{number}  {section.name}", BOTTOM - content_top(section.title)
        for n, parts in enumerate(paged(section.parts, room, BOTTOM - content_top(""))):
            pages.append(Page(name, "" if n else section.title, parts))
    return pages


def _headed(section: Section) -> list[Part]:
    """A section under its title, as it stands on the page of the one before; in the outline it is beside that one."""
    title = Part(Prose(section.title, WIDTH, TITLE_PORTRAIT), _BETWEEN, keep=True, outline=section.name, level=0)
    return [title, replace(section.parts[0], before=_AFTER), *section.parts[1:]]


def _height(parts: list[Part]) -> float:
    """What parts below each other take of a page, of which the first stands at its top."""
    return sum(part.before + part.block.height for part in parts) - parts[0].before


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
