"""Lays the one page out, with as many lines in each list as the paper holds; what is left out is counted."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from partnerdesk.engine.money import decimals
from partnerdesk.reports import fonts
from partnerdesk.reports.charts import Bullets, Tier, score_bullets
from partnerdesk.reports.format import Formats
from partnerdesk.reports.look import DOCUMENT, Look, Role
from partnerdesk.reports.marks import tier_pips
from partnerdesk.reports.names import safe_name
from partnerdesk.reports.onepage import lists, words
from partnerdesk.reports.onepage.data import OnePage
from partnerdesk.reports.pack import words as pack_words
from partnerdesk.reports.pack.data import ScoreView
from partnerdesk.reports.page import A4_PORTRAIT, LETTER_PORTRAIT, MM, Document, Meta, Paper, Span, paper_of
from partnerdesk.reports.page.blocks import Block
from partnerdesk.reports.page.composed import Composed, finished
from partnerdesk.reports.page.paper import undrawable
from partnerdesk.reports.page.portrait import LEFT, RIGHT, WIDTH, Frame, content_top, draw_frame
from partnerdesk.reports.page.text import fitted

_NUMBER = Role(40, 44, "semibold", "accent")
_BESIDE = Role(12, 16)
_FIRST = Role(13, 18.5)
_TEXT = Role(11, 15.5)
_HALF, _GAP = 81 * MM, 5.5 * MM
_FOOT = 19.5 * MM  # of the page, below what it says
_ROWS = (5, 4, 3, 2, 1)


@dataclass(frozen=True, slots=True)
class _Strip:
    """Two blocks side by side, or one over the whole width."""

    blocks: tuple[Block, ...]

    @property
    def height(self) -> float:
        return max(block.height for block in self.blocks)


def compose(page: OnePage, formats: Formats, look: Look = DOCUMENT, *, paper: str = "") -> Composed:
    """The page as PDF with the record of its texts; `paper` is A4 or Letter, that of the reader's region by default.

    Equal input gives equal bytes. Raises Refused where no font has a character of it.
    """
    size = LETTER_PORTRAIT if (paper or paper_of(formats.symbols.locale)) == "Letter" else A4_PORTRAIT
    formats = Formats(formats.symbols.locale, english=True, hard_spaces=True, places=decimals(page.currency))
    document = Document(size, _meta(page, formats), look, page.partner.name)
    drawn = document.page(fonts.plain(words.title(page, formats)), "page-1")
    try:
        _draw(drawn, page, formats, size[1])
    except fonts.Undrawable as error:
        raise undrawable(error, page.partner.name) from error
    return finished(document)


def _draw(paper: Paper, page: OnePage, formats: Formats, height: float) -> None:
    title = words.title(page, formats)
    if page.internal:
        paper.watermark("INTERNAL", "bar_bad")
    draw_frame(paper, _frame(page, formats), _section(page), title, "1/1", height)
    top = _standing(paper, content_top(title), page, formats)
    for strip in _fitting(page, formats, height - _FOOT - top):
        for n, block in enumerate(strip.blocks):
            block.draw(paper, LEFT + n * (_HALF + 10 * MM), top)
        top += strip.height + _GAP


def _fitting(page: OnePage, formats: Formats, room: float) -> list[_Strip]:
    """Lists as long as the room allows; the people, who stand last, give way where even one line each is too much."""

    def fits(strips: list[_Strip]) -> bool:
        return sum(s.height + _GAP for s in strips) <= room + _GAP

    for rows in _ROWS:
        strips = _strips(page, formats, rows)
        if fits(strips):
            return strips
    return strips if fits(strips) else strips[:-1]


def _strips(page: OnePage, formats: Formats, rows: int) -> list[_Strip]:
    said = words.opening(page, formats, 2 if rows > 1 else 1)
    first = lists.passage("Say first" if page.internal else "Since the quarter before", said, _FIRST)
    parts: list[Sequence[Block]] = [
        [first] if said else [],
        [lists.deals(page, formats, _HALF, rows), lists.renewals(page, formats, _HALF, rows)],
        [lists.owed(page, formats, _HALF, rows, ours=ours) for ours in (True, False)],
        lists.notes(page, formats, rows),
        [lists.passage("Money", words.money(page, formats), _TEXT)],
        lists.people(page),
    ]
    return [_Strip(tuple(blocks)) for blocks in parts if blocks]


def _standing(paper: Paper, top: float, page: OnePage, formats: Formats) -> float:
    """The score in large digits with its tier and open gates, and its bullet; the reason where there is none."""
    score = page.score
    if score is None or score.total is None:
        reason = score.missing if score and score.missing else "no quarter is finished yet"
        return paper.paragraph(LEFT, top, WIDTH, f"The score is not evaluated: {reason}.", _TEXT) + 5 * MM
    end = paper.text(LEFT, top, formats.number(score.total, 1), _NUMBER, room=(LEFT, RIGHT)) + 6 * MM
    _beside(paper, end, top + 18, score, lists.gates(page, formats))
    top += 44
    known = [(t.name, t.floor) for t in score.tiers if t.floor is not None]
    if not known:
        return top + 3 * MM
    tiers = [Tier(f"{n} {pack_words.quantity(formats, f, '1')}", float(f), n == score.next_tier) for n, f in known]
    short = f"{formats.number(score.points_short, 1)} short" if score.points_short else ""
    lowest = next((t.name for t in score.tiers if t.floor is None), "")
    end_day = formats.day(min(page.period.end, page.as_of))
    bullets = Bullets("Score", f"at {end_day}", float(score.total), "", tuple(tiers), (), lowest, short)
    return paper.chart(LEFT, top, WIDTH / MM, 27.0, score_bullets, bullets) + 3 * MM


def _beside(paper: Paper, left: float, top: float, score: ScoreView, gates: str) -> None:
    """The tier in words and dots, and what it still needs, to the right margin."""
    line = fitted((Span(score.tier, _BESIDE),), _BESIDE, (RIGHT - left) / 2, smallest=8)
    left = paper.text(left, top, line, _BESIDE, room=(left, RIGHT)) + 2 * MM
    names = [tier.name for tier in score.tiers]
    if score.tier in names:
        place, pitch = names.index(score.tier) + 1, 8.4
        paper.shapes(left, top + 5.5, tier_pips(place, len(names), size=6, pitch=pitch, filled="text", empty="text"))
        left += len(names) * pitch + 3 * MM
    if gates:
        paper.text(
            left, top, fitted((Span(gates, _BESIDE),), _BESIDE, RIGHT - left, smallest=8), _BESIDE, room=(left, RIGHT)
        )


def _section(page: OnePage) -> str:
    return "Brief" if page.internal else "Digest"


def _frame(page: OnePage, formats: Formats) -> Frame:
    name = "Call brief" if page.internal else "Partner digest"
    foot = f"Confidential: prepared for {page.partner.name}"
    if page.internal:
        foot = f"Internal: {f'for {page.reader}, ' if page.reader else ''}not for the partner"
    if page.sample:
        foot = f"Sample data  ·  {foot}"
    middle = f"Data as of {formats.day(page.as_of)}  ·  Program v{page.version}"
    warning = "INTERNAL" if page.internal else ""
    return Frame(page.partner.name, f"{name}  ·  {formats.day(page.as_of)}", foot, middle, warning)


def _meta(page: OnePage, formats: Formats) -> Meta:
    name = "Call brief (internal)" if page.internal else "Partner digest"
    title = fonts.plain(f"{name}, {page.partner.name}, {formats.day(page.as_of)}")
    return Meta(title, fonts.plain(page.vendor.name), formats.period(page.period), page.as_of)


def file_name(page: OnePage, taken: Collection[str] = ()) -> str:
    """`BRIEF_<partner>_2026-11-19_INTERNAL.pdf` or `DIGEST_<partner>_2026Q3.pdf`, safe on every system."""
    before = "BRIEF_" if page.internal else "DIGEST_"
    after = f"_{page.as_of.isoformat()}_INTERNAL.pdf" if page.internal else f"_{page.period.label}.pdf"
    return safe_name(page.partner.name, before=before, after=after, key=page.partner.id, taken=taken)
