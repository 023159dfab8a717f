"""Page 1: the quarter in six figures, what went well, what we ask for, and how the meeting runs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from partnerdesk.reports.format import HARD_SPACE, Formats
from partnerdesk.reports.look import HEAD_NAME, KEY, SUB, Role
from partnerdesk.reports.marks import glyph, sparkline, tier_pips
from partnerdesk.reports.pack import titles, words
from partnerdesk.reports.pack.data import ANATOMY, AgendaItem, Attendee, KeyFigure, PackData, Point, ScoreView
from partnerdesk.reports.pack.frame import BOTTOM, LEFT, RIGHT, WIDTH, Leaf, content_top
from partnerdesk.reports.page import MM, Paper, Span
from partnerdesk.reports.page.blocks import Block, Item, Listing
from partnerdesk.reports.page.paper import baseline
from partnerdesk.reports.page.text import fitted, wrapped

_SECTION, _MORE = "Summary", "Wins, asks and agenda, continued"
_MOST_FIGURES = 5
_STRIP = 31 * MM
_LIST, _AGENDA, _PITCH = 76 * MM, 83 * MM, 88.9 * MM
_POINT = Role(10, 14.2)
_POINT_BOLD = Role(10, 14.2, "semibold")
_NUMBER = Role(10, 14.2, "semibold", "accent")
_AGENDA_ROLE = Role(9.5, 13)
_MANY = 10  # times: from here on the amount before says more than a per cent
_DEFAULT_AGENDA = (
    AgendaItem("Commitments of last quarter", 10, "commitments"),
    AgendaItem("Score, gates and what moves them", 15, "score"),
    AgendaItem("Earnings and held money", 10, "earnings"),
    AgendaItem("Renewals and joint action", 15, "renewals"),
    AgendaItem("Pipeline and open ground", 10, "pipeline"),
    AgendaItem("Outlook", 10, "outlook"),
    AgendaItem("New commitments and decisions", 15, "next"),
)


@dataclass(frozen=True, slots=True)
class _Cell:
    """One key figure of the strip, in words."""

    label: str
    value: str
    unit: str = ""
    history: tuple[float | None, ...] = ()
    pips: tuple[int, int] | None = None
    mark: str = ""
    change: str = ""
    note: str = ""
    accent: bool = False


def leaves(data: PackData, formats: Formats, numbers: Mapping[str, str]) -> list[Leaf]:
    """The page, and one more where wins and asks are many. `numbers` are the page numbers by page."""
    title, deck = titles.title("summary", data, formats), titles.deck("summary", data, formats)
    cells = _cells(data, formats)
    start = content_top(title, deck) + 3.5 * MM
    lists_top = start + (_STRIP + 13.5 * MM if cells else 0.0)
    limit = BOTTOM - _meeting_height(data, formats) - 2 * MM
    blocks = _lists(data, formats, numbers)
    halves = [block.split(limit - lists_top) for block in blocks]

    def draw(paper: Paper, top: float) -> None:
        _strip(paper, start, cells)
        for n, (fits, _) in enumerate(halves):
            if fits is not None:
                fits.draw(paper, LEFT + n * _PITCH, lists_top)
        _meeting(paper, data, formats)

    pages = [Leaf("summary", _SECTION, title, deck, draw)]
    rest = [over for _, over in halves]
    while any(rest):
        parts = [block.split(BOTTOM - content_top(_MORE, "")) if block is not None else (None, None) for block in rest]
        if not any(fits for fits, _ in parts):  # an item as tall as a page
            parts = [(block, None) for block in rest]
        pages.append(_more([fits for fits, _ in parts]))
        rest = [over for _, over in parts]
    return pages


def _more(rest: Sequence[Block | None]) -> Leaf:
    """A page that goes on with the lists."""

    def draw(paper: Paper, top: float) -> None:
        for n, block in enumerate(rest):
            if block is not None:
                block.draw(paper, LEFT + n * _PITCH, top)

    return Leaf("summary", _SECTION, _MORE, "", draw, continues=True)


def _cells(data: PackData, formats: Formats) -> list[_Cell]:
    cells = [_figure(f, data, formats) for f in data.figures[:_MOST_FIGURES]]
    if data.score is not None:
        cells.append(_tier(data.score, formats))
    return cells


def _figure(figure: KeyFigure, data: PackData, formats: Formats) -> _Cell:
    value, unit = words.headline(formats, figure)
    history = tuple(None if v is None else float(v) for v in figure.history)
    if figure.value is None:
        return _Cell(figure.label, value, "", note=unit, history=())
    mark, change = _change(figure, figure.value, data.previous, formats)
    plan = f"{words.change(formats, figure.value, figure.plan, figure.unit)} on plan" if figure.plan is not None else ""
    paid = f"{formats.compact(figure.paid)} paid" if figure.paid is not None else ""
    stated = f"{formats.compact(figure.stated)} on statements" if figure.stated is not None else ""
    note = ", ".join(part for part in (plan, paid, stated, figure.note) if part)
    return _Cell(figure.label, value, unit, history, None, mark, change, note)


def _change(figure: KeyFigure, value: Decimal, previous: str, formats: Formats) -> tuple[str, str]:
    """The mark and the words of how a figure moved since the period before."""
    if figure.previous is None:
        return "", ""
    moved = words.change(formats, value, figure.previous, figure.unit)
    direction = "up" if value > figure.previous else "down"
    says_little = figure.previous <= 0 or value >= _MANY * figure.previous  # a per cent
    if words.is_money(figure.unit) and value != figure.previous and says_little:
        return direction, f"from {formats.compact(figure.previous)} in {previous}"
    if any(digit in moved for digit in "123456789"):
        return direction, f"{moved} on {previous}"
    return "same", f"as in {previous}"


def _tier(score: ScoreView, formats: Formats) -> _Cell:
    names = [t.name for t in score.tiers]
    place = names.index(score.tier) + 1 if score.tier in names else 0
    left = sum(not g.met for g in score.gates if not g.depth)
    change, note = "", f"{words.counted(left, 'gate')} open" if left and score.next_tier else ""
    if score.reached != score.tier:
        change = f"figures reach {score.reached}"
    elif score.next_tier and score.points_short:
        change = f"{formats.number(score.points_short, 1)} points to {score.next_tier}"
    elif score.since:
        change = f"since {formats.short_month(score.since)}"
    return _Cell("Tier", score.tier, pips=(place, len(names)), change=change, note=note)


def _strip(paper: Paper, top: float, cells: Sequence[_Cell]) -> None:
    """The key figures on one line, hairlines between them."""
    gap = 5.1 * MM
    width = (WIDTH - 2 * gap * (len(cells) - 1)) / max(1, len(cells))
    for n, cell in enumerate(cells):
        x = LEFT + n * (width + 2 * gap)
        if n:
            paper.divider(x - gap, top, top + _STRIP)
        _cell(paper, x, top, width, cell)


def _cell(paper: Paper, x: float, top: float, width: float, cell: _Cell) -> None:
    room = (x, x + width)
    paper.text(x, top, fitted(cell.label, SUB, width), SUB, room=room)
    colour = "accent" if cell.accent else "text"
    unit = replace(SUB, size=9, leading=KEY.leading)
    words_ = [Span(cell.value, replace(KEY, colour=colour))]
    if cell.unit:
        words_.append(Span(f" {cell.unit}", unit))
    line = fitted(words_, KEY, width, smallest=8)
    base = baseline(top + 4.6 * MM, KEY)
    paper.line_at(x, base, line, room)
    if cell.pips:
        paper.shapes(x, top + 16.4 * MM, tier_pips(*cell.pips, size=5.3, pitch=7.4, filled="text", empty="text"))
    elif len([v for v in cell.history if v is not None]) > 1:
        mark = sparkline(cell.history, min(30 * MM, width), 8 * MM, stroke="total", stroke_width=1.1, dot=5.0)
        paper.shapes(x, top + 14.0 * MM, mark)
    _delta(paper, x, top + 23.3 * MM, width, cell)


def _delta(paper: Paper, x: float, top: float, width: float, cell: _Cell) -> None:
    left = x
    if cell.mark:
        paper.shapes(x, top + SUB.leading / 2 - 3.2, glyph(cell.mark, 6.4))
        left += 3.0 * MM
    ink = replace(SUB, colour="text")
    if cell.change:
        line = fitted(cell.change, ink, x + width - left)
        paper.text(left, top, line, ink, room=(left, x + width))
        top += 4.0 * MM
    notes = wrapped(cell.note, SUB, width)
    if not cell.change and not cell.history:  # nothing stands above it: a reason may take more lines
        top -= 4.0 * MM * min(2, max(0, len(notes) - 2))
    for line in notes[:4] if not cell.change else notes[:2]:
        paper.line_at(x, baseline(top, SUB), line, (x, x + width))
        top += 4.0 * MM


def _lists(data: PackData, formats: Formats, numbers: Mapping[str, str]) -> list[Listing]:
    def points(name: str, found: Sequence[Point], empty: str) -> Listing:
        head = f"{words.capital(words.number_word(len(found)))} {name if len(found) > 1 else name[:-1]}"
        items = tuple(Item(_point(p, formats), (Span(str(n), _NUMBER),)) for n, p in enumerate(found, start=1))
        title = head if found else words.capital(name)
        return Listing(title, items, _LIST, _POINT, 6.1 * MM, _NUMBER, pad=2.4, empty=empty)

    agenda = data.agenda or _default(numbers)
    minutes = sum(a.minutes or 0 for a in agenda)
    head = f"Agenda, {minutes} minutes" if minutes else "Agenda"
    items = tuple(_agenda_item(a, numbers) for a in agenda)
    lead = Role(9.5, 13, "regular", "muted")
    return [
        points("wins", data.wins, "None recorded."),
        points("asks", data.asks, "None recorded."),
        Listing(head, items, _AGENDA, _AGENDA_ROLE, 15 * MM, lead, tail_role=lead, pad=1.5),
    ]


def _default(numbers: Mapping[str, str]) -> tuple[AgendaItem, ...]:
    return tuple(item for item in _DEFAULT_AGENDA if item.page in numbers)


def _key(item: AgendaItem) -> str:
    return ANATOMY.get(item.page, item.page)


def _agenda_item(item: AgendaItem, numbers: Mapping[str, str]) -> Item:
    page = numbers.get(_key(item), "")
    return Item(item.text, f"{item.minutes} min" if item.minutes else "", f"p {page}" if page else "")


def _point(point: Point, formats: Formats) -> tuple[Span, ...]:
    """Lead in SemiBold, the text, who and by when."""
    separated = point.text if point.text[:1] in ",:;." else f" {point.text}"
    spans = [Span(point.lead, _POINT_BOLD), Span(separated, _POINT)] if point.lead else [Span(point.text, _POINT)]
    tail = [point.owner] if point.owner else []
    tail += [f"by{HARD_SPACE}{formats.short_day(point.due)}"] if point.due else []
    if tail:
        spans.append(Span(f" ({', '.join(tail)})", replace(_POINT, colour="muted")))
    return tuple(spans)


def _meeting_words(data: PackData, formats: Formats) -> tuple[Span, ...]:
    meeting = data.meeting
    day = words.meeting_day(formats, meeting.day) if meeting.day else "This review has no date yet"
    when = ", ".join(part for part in (day, meeting.time, meeting.place) if part)
    sides = [
        f"{party.name}: {', '.join(_attendee(a) for a in people)}"
        for party, people in ((data.partner, meeting.partner), (data.vendor, meeting.vendor))
        if people
    ]
    return (Span(when, HEAD_NAME), Span(f"   {'  ·  '.join(sides)}", SUB)) if sides else (Span(when, HEAD_NAME),)


def _attendee(person: Attendee) -> str:
    return f"{person.name} ({person.role})" if person.role else person.name


def _meeting_height(data: PackData, formats: Formats) -> float:
    return len(wrapped(_meeting_words(data, formats), SUB, WIDTH)) * SUB.leading + 2 * MM


def _meeting(paper: Paper, data: PackData, formats: Formats) -> None:
    top = BOTTOM - _meeting_height(data, formats) + 2 * MM
    paper.paragraph(LEFT, top, RIGHT - LEFT, _meeting_words(data, formats), SUB)
