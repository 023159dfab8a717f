"""The appendix: how each figure is defined, what did not count and why, where the data came from, all deals.

Two columns that flow over as many pages as they take, then long lists over the whole width (`appendix_wide`). Every row
finds its place.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from partnerdesk.reports.format import DASH, Formats
from partnerdesk.reports.look import CELL, SOURCE, Role
from partnerdesk.reports.pack import others, titles, words
from partnerdesk.reports.pack.appendix_lists import deals, uncounted, uncounted_title
from partnerdesk.reports.pack.appendix_wide import Wide, paged, wide
from partnerdesk.reports.pack.data import Definition, PackData, SinceReview
from partnerdesk.reports.pack.frame import BOTTOM, LEFT, RIGHT, Drawing, Leaf, content_top
from partnerdesk.reports.page import MM, Column, Paper, Row, Table, row
from partnerdesk.reports.page.blocks import Block, Passage, Titled, stacked

_SECTION = "Appendix"
_LEFT_WIDTH, _RIGHT_WIDTH = 110 * MM, 137 * MM
_GAP = 8 * MM
_ROW = Role(8, 11)
_NONE: list[Block] = []
_WORDS = (
    ("commitments", "Commitment kept", "Done on or before its due date, its measure met"),
    ("score", "Gate", "A condition of a tier besides its score"),
    ("earnings", "Held", "Earned and not yet payable: vesting or holdback"),
    ("earnings", "Vesting", "The part of an earning that becomes yours over time or on an event"),
    ("earnings", "Holdback", "A share kept back for a time against early churn"),
    ("earnings", "Clawed back", "Taken back because a customer left early or did not pay"),
    ("renewals", "Notice date", "The last day on which the contract can be ended before it renews"),
    ("outlook", "Scheduled", "What contracts in force and dated releases bring by the same rules, nothing added"),
    ("outlook", "If all closes", "The same rules as if every dated open deal were won and every open contract renewed"),
)


def leaves(data: PackData, formats: Formats, pages: Sequence[str]) -> list[Leaf]:
    """All pages of the appendix. `pages` are the pages of the pack that are present."""
    title = titles.title("appendix", data, formats)
    left_out = _column_of_uncounted(data, formats)
    left, right = _left(data, formats), _right(data, formats, left_out)
    ways = [
        _flowed(title, left, [*right, *_known_words(pages, _RIGHT_WIDTH)]),
        _flowed(title, [*left, *_known_words(pages, _LEFT_WIDTH)], right),
    ]
    if _high(left) < _high(right):
        ways.reverse()
    long = None if left_out else _long_uncounted(data, formats)
    listed = [found for found in (long, deals(data, formats)) if found is not None]
    found = min((_with_lists(way, listed) for way in ways), key=len)  # the words stand where they cost no page
    return [_leaf(sheet, continues=n > 0) for n, sheet in enumerate(found)]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page to be: two columns, and what stands below them over the whole width."""

    title: str
    left: Sequence[Block] = ()
    right: Sequence[Block] = ()
    below: Sequence[Block] = ()

    @property
    def free(self) -> float:
        """The room below all that stands on it."""
        used = max(_high(self.left), _high(self.right)) + _high(self.below)
        return BOTTOM - content_top(self.title, "") - used


def _flowed(title: str, left: list[Block], right: list[Block]) -> list[_Sheet]:
    """Pages of two columns; what is left of one column when the other has ended fills both."""
    found: list[_Sheet] = []
    while left or right:
        name = title if not found else "Appendix, continued"
        room = BOTTOM - content_top(name, "")
        height = room if right else _balanced(left, room)
        fits, left = stacked(left, height, _GAP)
        beside, right = stacked(right, room, _GAP) if right else (_NONE, right)
        if left and not right and not beside:
            beside, left = stacked(left, height, _GAP)
        if not fits and not beside:
            raise ValueError("a row of the appendix is taller than a page")
        found.append(_Sheet(name, fits, beside))
    return found


def _with_lists(sheets: list[_Sheet], lists: Sequence[Wide]) -> list[_Sheet]:
    """Each list below what the last page holds, where the whole of it fits there; else on pages of its own."""
    found = list(sheets)
    for listed in lists:
        if found and listed.below.height <= found[-1].free:
            found[-1] = replace(found[-1], below=(*found[-1].below, listed.below))
        else:
            found += [_Sheet(title, below=(part,)) for title, part in paged(listed)]
    return found


def _long_uncounted(data: PackData, formats: Formats) -> Wide | None:
    """What did not count over the whole width; None where there is nothing."""
    count = len(data.appendix.uncounted)
    if not count:
        return None
    return wide(uncounted_title(data), f"{count} rows, as the statements name them", uncounted(data, formats))


def _column_of_uncounted(data: PackData, formats: Formats) -> list[Block]:
    """What did not count as a block of the right column; nothing where it is longer than one."""
    if not data.appendix.uncounted:
        return []
    block = Titled(uncounted_title(data), uncounted(data, formats).laid(_RIGHT_WIDTH))
    return [block] if block.height <= BOTTOM - content_top(uncounted_title(data), "") else []


def _high(blocks: Sequence[Block]) -> float:
    return sum(block.height + _GAP for block in blocks)


def _balanced(blocks: list[Block], room: float) -> float:
    """The least height at which blocks fit into two columns; the whole room where they need more."""
    height = room / 4
    while height < room:
        _, rest = stacked(blocks, height, _GAP)
        if not stacked(rest, height, _GAP)[1]:
            return height
        height += _ROW.leading
    return room


def _leaf(sheet: _Sheet, *, continues: bool) -> Leaf:
    return Leaf("appendix", _SECTION, sheet.title, "", _drawn(sheet), in_appendix=True, continues=continues)


def _drawn(sheet: _Sheet) -> Drawing:
    def draw(paper: Paper, top: float) -> None:
        ends = [top]
        for x, blocks in ((LEFT, sheet.left), (RIGHT - _RIGHT_WIDTH, sheet.right)):
            y = top
            for block in blocks:
                y = block.draw(paper, x, y) + _GAP
            ends.append(y)
        y = max(ends)
        for block in sheet.below:
            y = block.draw(paper, LEFT, y) + _GAP

    return draw


def _left(data: PackData, formats: Formats) -> list[Block]:
    return [*_defined(data, formats), *others.blocks(data, formats, _LEFT_WIDTH, _ROW)]


def _defined(data: PackData, formats: Formats) -> list[Block]:
    if not data.appendix.definitions:
        return []
    period = words.short_period(data.period)
    columns = (
        Column("Metric", grow=1, least=24),
        Column("Definition", grow=3, least=50),
        Column(period, right=True),
    )
    rows = tuple(_definition(d, formats) for d in data.appendix.definitions)
    return [Titled("How each figure is defined", Table(columns, rows).laid(_LEFT_WIDTH))]


def _since(found: SinceReview, data: PackData, formats: Formats) -> Titled:
    """The balance at the last review and now, with what moved it by cause: it ties to the last digit."""
    columns = (Column("Cause", grow=1, least=30), Column("Mostly", grow=2, least=40), Column("Amount", amount=True))

    def line(name: str, lines: str, amount: Decimal, role: Role = _ROW) -> Row:
        return row(name, lines, formats.accounting(amount), role=role)

    rows = [line(f"Held and payable at {formats.day(found.day)}", "", found.start)]
    rows += [line(words.capital(step.cause), ", ".join(step.lines), step.amount) for step in found.steps]
    total = line(f"Held and payable at {formats.day(data.as_of)}", "", found.end, replace(_ROW, face="semibold"))
    table = Table(columns, (*rows, replace(total, above=True, last=True)))
    return Titled(f"Since the last review: what moved, {data.currency}", table.laid(_RIGHT_WIDTH))


def _known_words(pages: Sequence[str], width: float) -> list[Block]:
    known = tuple(row(word, means, role=_ROW) for page, word, means in _WORDS if page in pages)
    table = Table((Column("Word", width=24), Column("What it means here", grow=1)), known)
    return [Titled("Words used in this pack", table.laid(width))] if known else []


def _definition(found: Definition, formats: Formats) -> Row:
    value = words.quantity(formats, found.value, found.unit)
    if words.is_money(found.unit) and found.value is not None:
        value = formats.number(found.value)
    text = words.capital(found.text)
    if found.value is None and found.missing:
        text += f" ({found.missing})"
    return row(found.label, text, value, role=_ROW)


def _right(data: PackData, formats: Formats, left_out: list[Block]) -> list[Block]:
    blocks: list[Block] = []
    if data.appendix.since is not None:
        blocks.append(_since(data.appendix.since, data, formats))
    blocks += left_out
    blocks.append(_sources(data, formats))
    if data.appendix.quotes:
        blocks.append(_quotes(data, formats))
    if data.appendix.disputes:
        blocks.append(Passage("Open disputes", data.appendix.disputes, _RIGHT_WIDTH, CELL))
    return blocks + _fingerprints(data)


def _sources(data: PackData, formats: Formats) -> Block:
    """The sources, the day of the data and the run."""
    sub = f"Data as of {formats.day(data.as_of)}; {data.program.name}, version {data.program.version}"
    sub += f"; run {data.run}" if data.run else ""
    if not data.appendix.sources:
        return Passage("Where the data came from", (sub,), _RIGHT_WIDTH, CELL)
    columns = (Column("Source", grow=2, least=40), Column("Batch"), Column("Rows", right=True), Column("Received"))
    rows = [
        row(s.name, s.batch, formats.number(s.rows), formats.day(s.received) if s.received else "", role=_ROW)
        for s in data.appendix.sources
    ]
    return Titled("Where the data came from", Table(columns, tuple(rows)).laid(_RIGHT_WIDTH), sub)


def _quotes(data: PackData, formats: Formats) -> Block:
    """What was said about the partner's work, by whom and when; only what may be quoted is in the pack at all."""
    columns = (
        Column("What was said", grow=3, least=50),
        Column("By", grow=1.4, least=26),
        Column("About"),
        Column("On"),
    )
    rows = [
        row(q.text, q.by or words.capital(q.voice), q.about or DASH, formats.day(q.day), role=_ROW)
        for q in data.appendix.quotes
    ]
    return Titled("What was said", Table(columns, tuple(rows)).laid(_RIGHT_WIDTH))


def _fingerprints(data: PackData) -> list[Block]:
    """The hashes by which the same data and rules can be told apart from others."""
    hashes = (("Data", data.facts_sha256), ("Program", data.program.sha256))
    lines = [f"{name}, SHA-256: {value}" for name, value in hashes if value]
    return [Passage("What these figures were made of", tuple(lines), _RIGHT_WIDTH, SOURCE)] if lines else []
