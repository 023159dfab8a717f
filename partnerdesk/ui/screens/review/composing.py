"""A pack as PDF with its pages and checks, made in a process of its own because laying out takes a second."""

from dataclasses import dataclass, replace

from partnerdesk.engine.problem import Problem
from partnerdesk.ops.pack.naming import Named
from partnerdesk.reports.format import Formats
from partnerdesk.reports.pack.build import compose
from partnerdesk.reports.pack.checks import check_pack
from partnerdesk.reports.pack.data import InternalPack, PackData
from partnerdesk.reports.page import paper_of


@dataclass(frozen=True, slots=True)
class Pages:
    """The PDF, the keys of its pages in order, and what is still wrong."""

    pdf: bytes
    keys: tuple[str, ...]
    problems: tuple[Problem, ...]
    drafts: tuple[tuple[str, str, str], ...]  # page, title and line under it, drafted from the figures
    locale: str
    name: str  # of the file that an export writes
    frozen: str = ""  # the digest of the figures of a held review
    strangers: tuple[Named, ...] = ()  # texts that name somebody else

    @property
    def paper(self) -> str:
        """What they are printed on: A4 or Letter, as the partner's region has it."""
        return paper_of(self.locale)


def compose_pages(
    pack: PackData | InternalPack, locale: str, name: str, frozen: str = "", strangers: tuple[Named, ...] = ()
) -> Pages:
    """The pages as they would be exported. Raises Refused where no font has a character."""
    from partnerdesk.reports.pack import titles
    from partnerdesk.reports.pack.data import PAGES

    formats = Formats(locale, english=True)
    data = pack.data if isinstance(pack, InternalPack) else pack
    composed, bare = compose(pack, formats), replace(data, texts={})
    shown = [key for key in PAGES if key in composed.pages]
    drafts = tuple((key, titles.title(key, bare, formats), titles.deck(key, bare, formats)) for key in shown)
    problems = tuple(check_pack(pack, formats))
    return Pages(composed.content, composed.pages, problems, drafts, locale, name, frozen, strangers)
