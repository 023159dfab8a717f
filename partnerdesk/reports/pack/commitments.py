"""Page 2: what both sides promised last quarter and what became of it, by the same measure."""

from collections.abc import Sequence
from dataclasses import replace

from partnerdesk.reports.charts import Kept, KeptSide, kept_bars
from partnerdesk.reports.format import Formats
from partnerdesk.reports.look import ROW, ROW_BOLD
from partnerdesk.reports.pack import titles, words
from partnerdesk.reports.pack.data import Commitment, PackData
from partnerdesk.reports.pack.frame import BOTTOM, LEFT, WIDTH, Leaf, content_top
from partnerdesk.reports.page import MM, Cell, Column, Laid, Paper, Row, Span, Table

_WORDS = {"done": "Done", "late": "Late", "dropped": "Dropped", "open": "Open"}
_BARS = 19.0
_SECTION = "Commitments of last {}"


def leaves(data: PackData, formats: Formats) -> list[Leaf]:
    """The page, and as many continuations as the list takes; none without commitments."""
    if not data.commitments:
        return []
    title, deck = titles.title("commitments", data, formats), titles.deck("commitments", data, formats)
    top = content_top(title, deck) + 2 * MM + _BARS * MM + 3 * MM
    laid, rest = _table(data, formats, BOTTOM - top)

    def draw(paper: Paper, top: float) -> None:
        bottom = paper.chart(LEFT, top + 2 * MM, 249, _BARS, kept_bars, _kept(data))
        laid.draw(paper, LEFT, bottom + 3 * MM)

    section = _SECTION.format(words.span(data.period))
    pages = [Leaf("commitments", section, title, deck, draw)]
    while rest is not None:
        pages.append(continued(rest, section))
        rest = _rest(rest)
    return pages


def _table(data: PackData, formats: Formats, room: float) -> tuple[Laid, Laid | None]:
    """The table as airy as the room allows, and what does not fit."""
    for pad in (2.0, 1.6, 1.25):
        laid = _laid(data, formats, pad)
        if laid.height <= room:
            return laid, None
    fits, rest = laid.split(room)
    return fits, rest


def _rest(laid: Laid) -> Laid | None:
    _, rest = laid.split(_continuation_room())
    return rest if rest.rows else None


def _continuation_room() -> float:
    return BOTTOM - content_top("x", "")


def continued(laid: Laid, section: str) -> Leaf:
    """The page that goes on with the table."""
    fits, _ = laid.split(_continuation_room())

    def draw(paper: Paper, top: float) -> None:
        fits.draw(paper, LEFT, top)

    return Leaf("commitments", section, f"{section}, continued", "", draw, continues=True)


def _laid(data: PackData, formats: Formats, pad: float) -> Laid:
    columns = (
        Column("", right=True, width=8.0),
        Column("Commitment", grow=3, least=45),
        Column("Side", grow=0.6, least=16),
        Column("Owner", grow=0.8, least=20),
        Column(_due_title(data.commitments)),
        Column("Status"),
        Column("Result or reason", grow=2, least=40),
        Column("Carried over"),
    )
    rows = tuple(_row(n, c, data, formats) for n, c in enumerate(data.commitments, start=1))
    return Table(columns, rows, pad).laid(WIDTH)


def _due_title(commitments: Sequence[Commitment]) -> str:
    years = {c.due.year for c in commitments if c.due}
    return f"Due {years.pop()}" if len(years) == 1 else "Due"


def _row(number: int, promised: Commitment, data: PackData, formats: Formats) -> Row:
    slipped = promised.status in ("late", "dropped")
    years = {c.due.year for c in data.commitments if c.due}
    due = (formats.short_day if len(years) == 1 else formats.day)(promised.due) if promised.due else "none"
    side = data.vendor.short if promised.side == "vendor" else data.partner.short
    muted = replace(ROW, colour="muted")
    return Row(
        (
            Cell((Span(str(number), muted),)),
            Cell((Span(promised.text, ROW_BOLD if slipped else ROW),)),
            Cell(side),
            Cell(promised.owner),
            Cell(due),
            Cell(_WORDS[promised.status], promised.status),
            Cell(_result(promised)),
            Cell(_carried(promised, formats) or ((Span("no new date", muted),) if promised.status == "late" else "")),
        ),
        role=ROW,
    )


def _result(promised: Commitment) -> tuple[Span, ...]:
    """What came of it, or why it slipped, and what shows it."""
    muted, slipped = replace(ROW, colour="muted"), promised.status in ("late", "dropped")
    said = (Span(promised.result, ROW),) if promised.result else ()
    if not said and slipped:
        said = (Span("no reason noted", muted),)
    if not promised.evidence:
        return said
    return (*said, Span(f"; evidence: {promised.evidence}" if said else f"Evidence: {promised.evidence}", muted))


def _carried(promised: Commitment, formats: Formats) -> str:
    if promised.carried and promised.carried_to:
        return f"Yes, {formats.short_day(promised.carried_to)}"
    return {True: "Yes", False: "No", None: ""}[promised.carried]


def _kept(data: PackData) -> Kept:
    return Kept(tuple(_side(data, side) for side in ("vendor", "partner")))


def _side(data: PackData, side: str) -> KeptSide:
    party = data.vendor if side == "vendor" else data.partner
    order = ("done", "late", "dropped", "open")
    states = sorted((c.status for c in data.commitments if c.side == side), key=order.index)
    says = f"{states.count('done')} of {len(states)} kept" if states else "nothing promised"
    return KeptSide(party.name, tuple(states), says)
