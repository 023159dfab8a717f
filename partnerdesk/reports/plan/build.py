"""Puts the pages of a plan together: which sections there are, their numbers, outline, metadata, and the bytes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from partnerdesk.engine.money import decimals
from partnerdesk.reports import fonts
from partnerdesk.reports.format import Formats
from partnerdesk.reports.look import DOCUMENT, Look, Role
from partnerdesk.reports.names import safe_name
from partnerdesk.reports.page import MM, Document, Meta
from partnerdesk.reports.page.composed import Composed, finished
from partnerdesk.reports.page.flow import Part, Prose, paged
from partnerdesk.reports.page.landscape import A4, LEFT, Frame, Sheet, content_top, draw_frame
from partnerdesk.reports.page.paper import undrawable
from partnerdesk.reports.plan import accounts, changes, governance, motion, objectives, opening, people, standing
from partnerdesk.reports.plan.data import PlanDocument
from partnerdesk.reports.plan.making import Making, Section

_DOCUMENT = "Joint account plan"
_SECOND = Role(14, 18, "semibold")  # the title of a section that begins below another one
_APART, _SHORT = 11 * MM, 0.42  # the space above it, and the share of a page up to which a section is short
_SECTIONS = (opening, standing, objectives, accounts, people, governance, motion, changes)


@dataclass(frozen=True, slots=True)
class _Page:
    """A page to be; `outlines` are the entries of the sections that begin on it."""

    section: str
    title: str
    parts: list[Part]
    outlines: tuple[str, ...]


def compose(data: PlanDocument, formats: Formats, sheet: Sheet = A4, look: Look = DOCUMENT) -> Composed:
    """The PDF of a plan with the record of its texts. Equal input gives equal bytes.

    Raises Refused when no font has a character of it.
    """
    formats = _printable(formats, data.currency)
    making = Making(data, formats, sheet)
    document = Document(sheet.size, _meta(data), look, data.partner.name)
    try:
        _draw(document, _pages([build.section(making) for build in _SECTIONS], sheet), sheet, _frame(data, formats))
    except fonts.Undrawable as error:  # the partner's name may stand in the head of the pages alone
        raise undrawable(error, data.partner.name) from error
    return finished(document)


def _draw(document: Document, pages: Sequence[_Page], sheet: Sheet, frame: Frame) -> None:
    for number, page in enumerate(pages, 1):
        first, *more = page.outlines or ("",)
        paper = document.page(first, f"page-{number}")
        for count, outline in enumerate(more):
            document.mark(outline, f"page-{number}-{count}")
        top = draw_frame(paper, sheet, frame, page.section, page.title, f"{number}/{len(pages)}")
        for part in page.parts:
            top = part.block.draw(paper, LEFT, top + part.before)


def _printable(formats: Formats, currency: str) -> Formats:
    """The same numbers, days in the words of the text that never break over lines; British where none can be set."""
    known = formats.symbols
    try:
        for text in (known.group, known.decimal, *known.percent):
            fonts.runs(text, "regular")
    except fonts.Undrawable:
        return Formats(hard_spaces=True, places=decimals(currency))
    return Formats(known.locale, english=True, hard_spaces=True, places=decimals(currency))


def _pages(sections: Sequence[Section], sheet: Sheet) -> list[_Page]:
    """Each section on pages of its own; a short one goes below the one before it where there is room."""
    pages: list[_Page] = []
    for section in (section for section in sections if section.parts):
        outline = f"{section.name}: {fonts.plain(section.title)}"
        head = Part(Prose(section.title, sheet.room, _SECOND), _APART)
        low = [head, replace(section.parts[0], before=3 * MM), *section.parts[1:]]
        if pages and _high(low) <= min(_left(pages[-1], sheet), _SHORT * sheet.height):
            last = pages[-1]
            pages[-1] = replace(last, parts=[*last.parts, *low], outlines=(*last.outlines, outline))
            continue
        more = f"{section.name}, continued"
        rooms = (sheet.bottom - content_top(title, sheet) for title in (section.title, more))
        for n, parts in enumerate(paged(section.parts, *rooms)):
            pages.append(_Page(section.name, more if n else section.title, parts, () if n else (outline,)))
    return pages


def _high(parts: Sequence[Part]) -> float:
    return sum(part.before + part.block.height for part in parts)


def _left(page: _Page, sheet: Sheet) -> float:
    """The room at the foot of a page."""
    return sheet.bottom - content_top(page.title, sheet) - _high(page.parts)


def _frame(data: PlanDocument, formats: Formats) -> Frame:
    since = formats.day(data.status_since)
    middle = f"Version {data.version}, {data.status} {since}  ·  Data as of {formats.day(data.as_of)}"
    if data.program:
        middle += f"  ·  Program v{data.program}"
    mark = "DRAFT" if data.status == "draft" else ""
    confidential = f"Confidential: prepared for {data.partner.name}"
    return Frame(data.partner.name, f"{_DOCUMENT}  ·  {data.period}", confidential, middle, data.sample, mark)


def _meta(data: PlanDocument) -> Meta:
    title = fonts.plain(f"{_DOCUMENT}, {data.partner.name}, {data.period}")
    return Meta(title, fonts.plain(data.vendor.name), f"Version {data.version}, {data.status}", data.as_of)


def file_name(data: PlanDocument, ending: str = ".pdf", taken: Collection[str] = ()) -> str:
    """`Plan_<partner>_2027_v3.pdf`, safe on every system; `taken` are the names of other partners' plans."""
    period = data.period.replace("/", "-")
    return safe_name(
        data.partner.name, before="Plan_", after=f"_{period}_v{data.version}{ending}", key=data.partner.id, taken=taken
    )
