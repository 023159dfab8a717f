"""Page 6: the largest open deals by name with what each waits for, and the open ground beside them."""

from dataclasses import replace
from decimal import Decimal

from partnerdesk.engine.period import add_months
from partnerdesk.reports import fonts
from partnerdesk.reports.format import Formats
from partnerdesk.reports.look import CELL, CELL_BOLD, CELL_MUTED, Role
from partnerdesk.reports.pack import ground, titles, words
from partnerdesk.reports.pack.brief_names import brief, cut
from partnerdesk.reports.pack.data import OpenDeal, OpenGround, PackData, PipelineView
from partnerdesk.reports.pack.frame import BOTTOM, LEFT, RIGHT, WIDTH, Leaf, content_top
from partnerdesk.reports.page import MM, Cell, Column, Laid, Paper, Row, Span, Table
from partnerdesk.reports.page.blocks import heading, heading_height
from partnerdesk.reports.page.table import PAD_RIGHT

_SECTION = "Pipeline and open ground"
MOST = 10
_GAP = 12 * MM
_PADS = (1.9, 1.5, 1.2, 0.9, 0.7)
_LETTERS = (1000, 60, 45, 32, 24, 18)  # of a text in a row, from whole to what a row of few lines holds
_NAMED = 132 * MM  # from here on there is room for what is sold
_LEAST, _LEAST_BLOCKED = 110 * MM, 124 * MM  # of the table of deals, beside the matrix


def leaves(data: PackData, formats: Formats) -> list[Leaf]:
    """The page; none where there is neither an open deal nor open ground."""
    view = data.pipeline
    if view is None or not (view.deals or view.ground):
        return []
    title, deck = titles.title("pipeline", data, formats), titles.deck("pipeline", data, formats)
    top = content_top(title, deck)
    beside = _beside(view, formats, BOTTOM - top)
    width = WIDTH - beside[1].width - _GAP if beside else WIDTH
    deals = _deals(view, data, formats, width, BOTTOM - top)

    def draw(paper: Paper, top: float) -> None:
        _draw_deals(paper, top, width, view, deals, _sub(data, formats))
        if beside is not None:
            ground.draw(paper, RIGHT - beside[1].width, top, *beside, formats)

    return [Leaf("pipeline", _SECTION, title, deck, draw)]


def _beside(view: PipelineView, formats: Formats, room: float) -> tuple[OpenGround, Laid] | None:
    """The matrix, in the width that the deals leave to it."""
    least = _LEAST_BLOCKED if any(deal.blocker for deal in view.deals) else _LEAST
    return ground.placed(view.ground, formats, WIDTH - least - _GAP, room) if view.ground else None


def _heading(count: int, whole: int) -> str:
    if count == whole:
        return f"{words.capital(words.counted(whole, 'open deal'))}"
    return f"{words.capital(words.number_word(count))} largest open deals"


def _sub(data: PackData, formats: Formats) -> str:
    if any(deal.own is not None for deal in data.appendix.deals):
        return f"Amounts in {data.currency} at the rates of {formats.day(data.as_of)}; largest first"
    return f"Amounts in {data.currency} as they stand in the deals; largest first"


def _deals(view: PipelineView, data: PackData, formats: Formats, width: float, room: float) -> tuple[int, Laid | None]:
    """How many deals stand by name, and their table as airy as the room allows.

    Where rows are too tall, long texts are cut first: the ten largest deals are what the page is for.
    """
    room -= heading_height(width, _heading(1, 2), _sub(data, formats))
    most = min(MOST, len(view.deals))
    for letters in _LETTERS:
        for pad in _PADS:
            laid = _table(view, most, data, formats, pad, width, letters).laid(width)
            if most and laid.height <= room:
                return most, laid
    for count in range(most, 0, -1):
        laid = _table(view, count, data, formats, _PADS[-1], width, _LETTERS[-1]).laid(width)
        if laid.height <= room or count == 1:
            return count, laid
    return 0, None


def _draw_deals(
    paper: Paper, top: float, width: float, view: PipelineView, deals: tuple[int, Laid | None], sub: str
) -> None:
    count, laid = deals
    if laid is None:
        top = heading(paper, LEFT, top, width, "Open deals")
        paper.paragraph(LEFT, top, width, "No deal is open.", CELL_MUTED)
        return
    top = heading(paper, LEFT, top, width, _heading(count, len(view.deals)), sub)
    laid.draw(paper, LEFT, top)


def _table(
    view: PipelineView, count: int, data: PackData, formats: Formats, pad: float, width: float, letters: int
) -> Table:
    blocked, named = any(deal.blocker for deal in view.deals), width >= _NAMED
    columns = (
        Column("Customer", grow=1.1, least=25 if named else 20),
        *((Column("What", grow=0.8, least=14),) if named else ()),
        Column("Stage", grow=0.3, least=_stage_width(view)),
        Column("Amount", right=True),
        Column("Close"),
        Column("Next step", grow=1, least=16),
        *((Column("Blocker", grow=0.7, least=14),) if blocked else ()),
        Column("Who helps", grow=0.8, least=14),
    )
    what = brief([deal.what for deal in view.deals]) if named else [None] * count
    shown = zip(view.deals[:count], what, strict=False)
    rows = [_row(_cut(d, letters), w and cut(w, letters), data, formats, blocked=blocked) for d, w in shown]
    before = 2 if named else 1  # columns between the name and the amount
    return Table(columns, (*rows, *_sums(view, count, (before, len(columns) - before - 2), formats)), pad)


def _cut(deal: OpenDeal, letters: int) -> OpenDeal:
    """The deal with so much of its texts as a row is to hold."""
    return replace(
        deal,
        customer=cut(deal.customer, letters),
        stage=cut(deal.stage, letters),
        next_step=cut(deal.next_step, letters),
        blocker=cut(deal.blocker, letters),
        helps=cut(deal.helps, letters),
    )


def _stage_width(view: PipelineView) -> float:
    """The mm in which no word of a stage is broken, within reason."""
    longest = max((fonts.width(word, CELL) for d in view.deals for word in d.stage.split(" ")), default=0.0)
    return min(26.0, (longest + PAD_RIGHT) / MM + 0.2)


def _row(deal: OpenDeal, what: str | None, data: PackData, formats: Formats, *, blocked: bool) -> Row:
    none = (Span("none noted", CELL_MUTED),)
    cells = (
        Cell((Span(deal.customer, CELL_BOLD),)),
        *((Cell(what),) if what is not None else ()),
        Cell(deal.stage),
        Cell(formats.number(deal.amount)) if deal.amount is not None else Cell((Span("no amount", CELL_MUTED),)),
        _close(deal, data, formats),
        Cell(deal.next_step or none),
        *((Cell(deal.blocker or none),) if blocked else ()),
        Cell(deal.helps or none),
    )
    return Row(cells, CELL)


def _close(deal: OpenDeal, data: PackData, formats: Formats) -> Cell:
    """The expected day; one that has passed is marked."""
    if deal.close is None:
        return Cell((Span("no date", CELL_MUTED),))
    is_near = add_months(data.as_of, -2) <= deal.close < add_months(data.as_of, 10)
    day = formats.short_day(deal.close) if is_near else formats.day(deal.close)
    return Cell(day, "overdue" if deal.close < data.as_of else "")


def _sums(view: PipelineView, count: int, columns: tuple[int, int], formats: Formats) -> list[Row]:
    """The named deals, the smaller ones in one row, and all of them."""

    def total(deals: tuple[OpenDeal, ...]) -> str:
        return formats.number(sum((d.amount for d in deals if d.amount is not None), Decimal(0)))

    def line(name: str, amount: str, role: Role = CELL_BOLD, *, above: bool = False, last: bool = False) -> Row:
        before, after = ([Cell()] * count for count in columns)
        return Row((Cell(name), *before, Cell(amount), *after), role, above, last)

    rest = view.deals[count:]
    if not rest:
        return [line("Pipeline", formats.number(view.total), above=True, last=True)] if count > 1 else []
    smaller = f"{words.capital(words.number_word(len(rest)))} smaller"
    return [
        line(
            f"Top {words.number_word(count)} of {len(view.deals)}",
            total(view.deals[:count]),
            role=CELL_BOLD,
            above=True,
        ),
        line(smaller, total(rest), CELL_MUTED),
        line("Pipeline", formats.number(view.total), above=True, last=True),
    ]
