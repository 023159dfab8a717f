"""Pages of flowing parts under one frame, drawn to the end of the document."""

from collections.abc import Sequence
from dataclasses import dataclass

from partnerdesk.reports import fonts
from partnerdesk.reports.page.document import Document
from partnerdesk.reports.page.flow import Part
from partnerdesk.reports.page.geometry import Fault, Placed
from partnerdesk.reports.page.portrait import LEFT, Frame, draw_frame


@dataclass(frozen=True, slots=True)
class Composed:
    """The file, every text with its place, texts that do not fit, and how many pages there are."""

    content: bytes
    placed: tuple[Placed, ...]
    faults: tuple[Fault, ...]
    pages: int


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on one page; a page that goes on has no title. A section may begin with its number: "2  Rules"."""

    section: str
    title: str
    parts: list[Part]

    @property
    def outline(self) -> str:
        """Its entry in the outline, where a section begins."""
        return (self.section.partition("  ")[2] or self.section) if self.title else ""


def drawn(document: Document, pages: Sequence[Page], frame: Frame, key: str) -> Composed:
    """All pages with head, title and foot, an entry of the outline for each section and each part that has one."""
    for number, page in enumerate(pages, 1):
        paper = document.page(page.outline, f"page-{number}")
        top = draw_frame(paper, frame, page.section, page.title, f"{number}/{len(pages)}")
        for count, part in enumerate(page.parts):
            if part.outline:
                document.mark(fonts.plain(part.outline), f"{key}-{document.pages}-{count}", level=part.level)
            top = part.block.draw(paper, LEFT, top + part.before)
    return finished(document)


def finished(document: Document) -> Composed:
    """The file of a document whose pages are drawn, with the record of its texts."""
    faults, pages = tuple(document.faults()), document.pages
    return Composed(document.finish(), tuple(document.placed), faults, pages)
