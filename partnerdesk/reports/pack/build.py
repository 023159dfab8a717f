"""Puts the pages of a pack together: which there are, their numbers, outline and metadata, and the bytes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from partnerdesk.engine.money import decimals
from partnerdesk.reports import fonts
from partnerdesk.reports.format import Formats
from partnerdesk.reports.look import DOCUMENT, Look
from partnerdesk.reports.names import safe_name
from partnerdesk.reports.pack import (
    agreements,
    appendix,
    commitments,
    earnings,
    internal,
    outlook,
    pipeline,
    renewals,
    score,
    summary,
    words,
)
from partnerdesk.reports.pack.data import InternalPack, PackData
from partnerdesk.reports.pack.frame import Frame, Leaf, draw_frame
from partnerdesk.reports.page import A4_LANDSCAPE, LETTER_LANDSCAPE, Document, Fault, Meta, Placed, paper_of
from partnerdesk.reports.page.paper import undrawable

_DOCUMENTS = {"month": "Operating review", "half": "Half-yearly business review"}  # of other periods


def _document(data: PackData) -> str:
    """What the document calls itself."""
    return _DOCUMENTS.get(data.period.unit, "Quarterly business review")


@dataclass(frozen=True, slots=True)
class Composed:
    """The file, every text with its place, texts that do not fit, and the keys of the pages in order."""

    content: bytes
    placed: tuple[Placed, ...]
    faults: tuple[Fault, ...]
    pages: tuple[str, ...]


def write_pack(pack: PackData | InternalPack, formats: Formats, look: Look = DOCUMENT) -> bytes:
    """The PDF of a pack.

    Equal input gives equal bytes. Raises Refused, before anything is made, when no font has a character of it.
    """
    return compose(pack, formats, look).content


def compose(pack: PackData | InternalPack, formats: Formats, look: Look = DOCUMENT, *, paper: str = "") -> Composed:
    """The PDF of a pack with the record of its texts, for checks and tests.

    `paper` is A4 or Letter, whose pages say the same at the same size; that of the reader's region by default.
    """
    data = pack.data if isinstance(pack, InternalPack) else pack
    paper = paper or paper_of(formats.symbols.locale)
    formats = _printable(formats, data.currency)
    sheet = LETTER_LANDSCAPE if paper == "Letter" else A4_LANDSCAPE
    document = Document(A4_LANDSCAPE, _meta(pack, data, formats), look, data.partner.name, sheet)
    try:
        pages = leaves(pack, formats)
        _draw(document, pages, _frame(pack, data, formats))
    except fonts.Undrawable as error:  # the partner's name may stand in the head of the pages alone
        raise undrawable(error, data.partner.name) from error
    faults = tuple(document.faults())
    return Composed(document.finish(), tuple(document.placed), faults, tuple(leaf.key for leaf in pages))


def _draw(document: Document, pages: Sequence[Leaf], frame: Frame) -> None:
    for n, (leaf, number) in enumerate(zip(pages, _numbers(pages), strict=True)):
        drawn = document.page("" if leaf.continues else _outline(leaf), f"page-{n}")
        leaf.draw(drawn, draw_frame(drawn, frame, leaf, number))


def _printable(formats: Formats, currency: str) -> Formats:
    """The same numbers, days in the words of the text that never break over lines; British where none can be set."""
    known = formats.symbols
    try:
        for text in (known.group, known.decimal, *known.percent):
            fonts.runs(text, "regular")
    except fonts.Undrawable:
        return Formats(hard_spaces=True, places=decimals(currency))
    return Formats(known.locale, english=True, hard_spaces=True, places=decimals(currency))


def leaves(pack: PackData | InternalPack, formats: Formats) -> list[Leaf]:
    """All pages in order. Raises fonts.Undrawable."""
    data = pack.data if isinstance(pack, InternalPack) else pack
    body = [
        leaf
        for page in (commitments, score, earnings, renewals, pipeline, outlook, agreements)
        for leaf in page.leaves(data, formats)
    ]
    if data.order:  # a page that nobody placed follows those that were
        places = {key: place for place, key in enumerate(data.order)}
        body.sort(key=lambda leaf: places.get(leaf.key, len(places)))
    if isinstance(pack, InternalPack):
        body += internal.leaves(pack.notes, formats)
    front = summary.leaves(data, formats, _first_pages(body, 1))
    if len(front) > 1:
        front = summary.leaves(data, formats, _first_pages(body, len(front)))
    present = {leaf.key for leaf in body}
    return [*front, *body, *appendix.leaves(data, formats, sorted(present))]


def _first_pages(body: Sequence[Leaf], before: int) -> Mapping[str, str]:
    """The number of the first page of each key."""
    numbers: dict[str, str] = {}
    for n, leaf in enumerate(body, start=before + 1):
        numbers.setdefault(leaf.key, str(n))
    return numbers


def _numbers(pages: Sequence[Leaf]) -> list[str]:
    """`1/8`, and `A1/A4` in the appendix."""
    main = sum(not leaf.in_appendix for leaf in pages)
    rest = len(pages) - main
    numbers = [f"{n}/{main}" for n in range(1, main + 1)]
    return numbers + [f"A{n}/A{rest}" for n in range(1, rest + 1)]


def _outline(leaf: Leaf) -> str:
    title = fonts.plain(leaf.title)
    return leaf.section if leaf.in_appendix else title if title.startswith(leaf.section) else f"{leaf.section}: {title}"


def _frame(pack: PackData | InternalPack, data: PackData, formats: Formats) -> Frame:
    period = words.short_period(data.period)
    closed = "open until" if data.is_open else "closed"
    middle = (
        f"{period} {closed} {formats.day(data.period.end)}  ·  Data as of {formats.day(data.as_of)}"
        f"  ·  Program v{data.program.version}"
    )
    return Frame(
        data.partner.name,
        _document(data),
        formats.period(data.period),
        f"Confidential: prepared for {data.partner.name}",
        middle,
        data.sample,
        isinstance(pack, InternalPack),
    )


def _meta(pack: PackData | InternalPack, data: PackData, formats: Formats) -> Meta:
    period = formats.period(data.period)
    internal_variant = " (internal)" if isinstance(pack, InternalPack) else ""
    title = fonts.plain(f"{_document(data)}, {data.partner.name}, {period}{internal_variant}")
    return Meta(title, fonts.plain(data.vendor.name), period, data.as_of)


def file_name(pack: PackData | InternalPack, taken: Collection[str] = ()) -> str:
    """`QBR_<partner>_2026Q3_v1.pdf`, safe on every system; the internal variant says so.

    `taken` are names that other partners' packs have.
    """
    data = pack.data if isinstance(pack, InternalPack) else pack
    variant = "_INTERNAL" if isinstance(pack, InternalPack) else ""
    after = f"_{data.period.label}_v{data.version}{variant}.pdf"
    return safe_name(data.partner.name, before="QBR_", after=after, key=data.partner.id, taken=taken)
