"""Page 8: what both sides promise next, row by row level; decisions, open issues, next dates and the sign-off."""

from collections.abc import Sequence
from dataclasses import replace

from partnerdesk.reports.format import Formats
from partnerdesk.reports.look import CELL, CELL_BOLD, CELL_MUTED, SUB
from partnerdesk.reports.pack import titles, words
from partnerdesk.reports.pack.data import Commitment, Decision, Issue, NextSteps, PackData, Side
from partnerdesk.reports.pack.frame import BOTTOM, LEFT, RIGHT, Drawing, Leaf, content_top
from partnerdesk.reports.page import MM, Cell, Column, Laid, Paper, Row, Span, Table
from partnerdesk.reports.page.blocks import Item, Listing, heading

_SECTION = "New commitments"
_HALF = 124.5 * MM
_THIRD, _PITCH = 79 * MM, 91 * MM
_SIGN = 184.5 * MM
_ROOM = 50 * MM  # of the three lists and the sign-off, at least
_PAD = 1.9


def leaves(data: PackData, formats: Formats) -> list[Leaf]:
    """The page, and continuations where lists are long; it is always there: a pack ends with what comes next."""
    title, deck = titles.title("next", data, formats), titles.deck("next", data, formats)
    top = content_top(title, deck)
    both = _level(_side("vendor", data, formats), _side("partner", data, formats))
    parts = _parts(both, BOTTOM - top - _ROOM, BOTTOM - content_top("x", ""))
    lists = _lists(data.next, formats)
    pages = []
    for n, part in enumerate(parts):
        last = n == len(parts) - 1
        name, line = (title, deck) if n == 0 else (f"{_SECTION}, continued", "")
        drawing = _drawing(part, data, lists if last else [], is_first=n == 0)
        pages.append(Leaf("next", _SECTION, name, line, drawing, continues=n > 0))
    return pages + _overflow(lists, parts[-1], content_top(pages[-1].title, pages[-1].deck), len(pages))


def _drawing(part: tuple[Laid, Laid], data: PackData, lists: Sequence[Listing], *, is_first: bool) -> Drawing:
    def draw(paper: Paper, top: float) -> None:
        bottom = _tables(paper, top, part, data, is_first=is_first)
        if lists:
            _columns(paper, bottom + (7.5 * MM if bottom > top else 0.0), lists)
            _sign(paper, data)

    return draw


def _side(side: Side, data: PackData, formats: Formats) -> Laid:
    ours = [c for c in data.next.commitments if c.side == side]
    start = 1 if side == "vendor" else 1 + sum(c.side == "vendor" for c in data.next.commitments)
    columns = (
        Column("", width=6.2),
        Column("Commitment", grow=2, least=34),
        Column("Owner", grow=0.8, least=20),
        Column("Due"),
        Column("Measure", grow=1.2, least=26),
    )
    rows = [_row(start + n, c, formats) for n, c in enumerate(ours)]
    return Table(columns, tuple(rows), _PAD).laid(_HALF)


def _row(number: int, promised: Commitment, formats: Formats) -> Row:
    due = Cell(formats.day(promised.due)) if promised.due else Cell("no date", "missing")
    owner = Cell(promised.owner) if promised.owner else Cell("no owner", "missing")
    text = Cell((Span(promised.text, replace(CELL, face="medium")),))
    return Row((Cell((Span(str(number), CELL_MUTED),)), text, owner, due, Cell(promised.measure)), CELL)


def _level(ours: Laid, theirs: Laid) -> tuple[Laid, Laid]:
    """Both tables with rows of equal height, so that they can be read across."""
    heights = [max(a.height, b.height) for a, b in zip(ours.rows, theirs.rows, strict=False)]

    def with_heights(laid: Laid) -> Laid:
        rows = [replace(r, height=heights[n] if n < len(heights) else r.height) for n, r in enumerate(laid.rows)]
        return replace(laid, rows=tuple(rows))

    return with_heights(ours), with_heights(theirs)


def _parts(both: tuple[Laid, Laid], room: float, whole: float) -> list[tuple[Laid, Laid]]:
    """The tables divided over pages at the same row; the last page keeps room for the lists."""
    parts: list[tuple[Laid, Laid]] = []
    left = both
    while True:
        if max(t.height for t in left) + 8 * MM <= room:
            return [*parts, left]
        count = max(1, min(_fitting(t, (whole if parts else room + _ROOM) - 8 * MM) for t in left if t.rows))
        parts.append((_cut(left[0], 0, count), _cut(left[1], 0, count)))
        left = (_cut(left[0], count, None), _cut(left[1], count, None))
        room = whole - _ROOM


def _fitting(laid: Laid, room: float) -> int:
    fits, rest = laid.split(room)
    return len(fits.rows) if rest.rows else max(len(fits.rows), 10_000)


def _cut(laid: Laid, first: int, last: int | None) -> Laid:
    return replace(laid, rows=laid.rows[first:last])


def _tables(paper: Paper, top: float, part: tuple[Laid, Laid], data: PackData, *, is_first: bool) -> float:
    """Both sides; where they go on, a side that has said everything is left out."""
    bottom = top
    for x, party, laid in ((LEFT, data.vendor, part[0]), (RIGHT - _HALF, data.partner, part[1])):
        if not (laid.rows or is_first):
            continue
        start = heading(paper, x, top, _HALF, f"{party.called} commits{'' if is_first else ', continued'}")
        if laid.rows:
            bottom = max(bottom, laid.draw(paper, x, start))
        else:
            bottom = max(bottom, paper.paragraph(x, start, _HALF, "Nothing yet.", CELL_MUTED))
    return bottom


def _lists(steps: NextSteps, formats: Formats) -> list[Listing]:
    decisions = tuple(_decision(d) for d in steps.decisions)
    issues = tuple(_issue(i, formats) for i in steps.issues)
    dates = tuple(
        Item((Span(words.meeting_day(formats, d.day), CELL_BOLD), Span(f"  {d.text}", CELL)))
        for d in sorted(steps.dates, key=lambda d: d.day)
    )
    named = (
        ("Decisions needed today", decisions, "None needed."),
        ("Open issues and where they stand", issues, "No open issue."),
        ("Next dates", dates, "No date yet."),
    )
    return [Listing(name, items, _THIRD, role=CELL, pad=1.6, empty=empty) for name, items, empty in named]


def _decision(decision: Decision) -> Item:
    return Item(_said(decision.lead, decision.text, words.unbroken(decision.owner)))


def _said(lead: str, text: str, tail: str) -> tuple[Span, ...]:
    parts = [Span(lead, CELL_BOLD), Span(f": {text}", CELL)] if lead else [Span(text, CELL)]
    return (*parts, Span(f"  {tail}", CELL_MUTED)) if tail else tuple(parts)


def _issue(issue: Issue, formats: Formats) -> Item:
    tail = [f"level {issue.level}"] if issue.level else []
    tail += [f"answer by {formats.short_day(issue.due)}"] if issue.due else []
    return Item(_said(issue.lead, issue.text, ", ".join(tail)))


def _columns(paper: Paper, top: float, lists: Sequence[Listing]) -> None:
    for n, listing in enumerate(lists):
        fits, _ = listing.split(_SIGN - 6 * MM - top)
        if fits is not None:
            fits.draw(paper, LEFT + n * _PITCH, top)


def _overflow(lists: Sequence[Listing], part: tuple[Laid, Laid], top: float, pages: int) -> list[Leaf]:
    """What the three lists could not show on the last of so many pages, on one page more."""
    is_bare = pages > 1 and not any(t.rows for t in part)
    start = top if is_bare else top + 6 * MM + max(t.height for t in part) + 7.5 * MM
    rest = [listing.split(_SIGN - 6 * MM - start)[1] for listing in lists]
    if not any(rest):
        return []

    def draw(paper: Paper, top: float) -> None:
        for n, block in enumerate(rest):
            if block is not None:
                block.draw(paper, LEFT + n * _PITCH, top)

    return [Leaf("next", _SECTION, "Decisions, issues and dates, continued", "", draw, continues=True)]


def _sign(paper: Paper, data: PackData) -> None:
    for x, party, name in (
        (LEFT, data.partner, data.next.signs_partner),
        (RIGHT - _HALF, data.vendor, data.next.signs_vendor),
    ):
        paper.rule(x, x + _HALF, _SIGN, "text", 0.75)
        words_below = f"For {party.name}{f': {name}' if name else ''}, date"
        paper.paragraph(x, _SIGN + 1.6 * MM, _HALF, words_below, SUB)
