"""Page 3: the score against the tiers, its components, the other gates of the next tier, and how it came here."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from partnerdesk.reports.charts import (
    Bullets,
    Component,
    History,
    HistoryPoint,
    RuleMark,
    Threshold,
    Tier,
    score_bullets,
    score_history,
)
from partnerdesk.reports.format import Formats
from partnerdesk.reports.look import CELL, CELL_BOLD, CELL_MUTED, SUB
from partnerdesk.reports.marks import glyph
from partnerdesk.reports.pack import titles, words
from partnerdesk.reports.pack.data import Gate, Lever, PackData, ScoreComponent, ScoreView
from partnerdesk.reports.pack.frame import BOTTOM, LEFT, SOURCE_BOTTOM, WIDTH, Leaf
from partnerdesk.reports.page import MM, Column, Paper, Row, Span, Table, row
from partnerdesk.reports.page.blocks import Item, Listing, heading, heading_height, source
from partnerdesk.reports.page.paper import baseline
from partnerdesk.reports.page.table import GLYPH
from partnerdesk.reports.page.text import line_width, wrapped

_LEFT_WIDTH, _RIGHT_WIDTH = 166.0, 80.0
_SECTION = "Score and tier"
_PAD = 1.37


def leaves(data: PackData, formats: Formats) -> list[Leaf]:
    """The page; without a score it says why there is none. None when the program scores nobody."""
    score = data.score
    if score is None:
        return []
    title, deck = titles.title("score", data, formats), titles.deck("score", data, formats)

    def draw(paper: Paper, top: float) -> None:
        _left(paper, top, data, score, formats)
        _right(paper, top, data, score, formats)
        source(paper, LEFT, SOURCE_BOTTOM, WIDTH, _sum(score, data, formats))

    return [Leaf("score", _SECTION, title, deck, draw)]


def _left(paper: Paper, top: float, data: PackData, score: ScoreView, formats: Formats) -> None:
    width = _LEFT_WIDTH * MM
    count = words.number_word(len(score.components))
    name = f"Score against the tiers, and its {count} components" if score.components else "Score against the tiers"
    top = heading(paper, LEFT, top, width, name, "Points of 100")
    table = _table(score, formats).laid(width)
    note = len(paper.broken(_sum(score, data, formats), SUB, WIDTH)) * SUB.leading
    room = SOURCE_BOTTOM - top - table.height - note - 8 * MM
    wanted = 50.0 + 11.8 * max(1, len(score.components))
    height = min(wanted, room / MM)
    bottom = paper.chart(LEFT, top, _LEFT_WIDTH, height, score_bullets, _bullets(data, score, formats))
    if score.components:
        table.draw(paper, LEFT, bottom + 2.5 * MM)


def _bullets(data: PackData, score: ScoreView, formats: Formats) -> Bullets:
    on = formats.short_day(score.projected_on) if score.projected_on else ""
    projected = (
        ""
        if score.projected is None
        else f"projected {formats.number(score.projected, 1)} at {on}".removesuffix(" at ")
    )
    weakest = _deciding(score)
    floors = [t for t in score.tiers if t.floor is not None]
    return Bullets(
        "Composite",
        f"score at {formats.day(data.period.end)}",
        None if score.total is None else float(score.total),
        words.NOT_EVALUATED if score.total is None else formats.number(score.total, 1),
        tuple(_tier(t.name, t.floor, t.name == score.next_tier, formats) for t in floors if t.floor is not None),
        tuple(_component(c, c is weakest, formats) for c in score.components),
        lowest=next((t.name for t in score.tiers if t.floor is None), ""),
        short=f"{formats.number(score.points_short, 1)} short" if score.points_short else "",
        projected=None if score.projected is None else float(score.projected),
        projected_says=projected,
        key_previous=f"end of {data.previous}",
        key_projected=f"projected {on}".strip(),
    )


def _tier(name: str, floor: Decimal, is_next: bool, formats: Formats) -> Tier:
    return Tier(f"{name} {words.quantity(formats, floor, '1')}", float(floor), is_next)


def _deciding(score: ScoreView) -> ScoreComponent | None:
    """The component that has most points left to add, which is the one to look at; None when nothing is missing."""
    known = [c for c in score.components if not c.missing]
    best = max(known, key=_left_to_earn, default=None)
    return best if best is not None and score.points_short and _left_to_earn(best) > 0 else None


def _left_to_earn(part: ScoreComponent) -> Decimal:
    return part.weight - part.adds


def _component(part: ScoreComponent, decides: bool, formats: Formats) -> Component:
    missing = bool(part.missing)
    return Component(
        part.label,
        f"weight {formats.percent(part.weight / 100, 0 if part.weight == part.weight.to_integral_value() else 1)}",
        None if missing else float(part.points),
        words.NOT_EVALUATED if missing else formats.number(part.points, 1),
        None if part.previous is None else float(part.previous),
        None if part.projected is None else float(part.projected),
        decides,
    )


def _table(score: ScoreView, formats: Formats) -> Table:
    columns = (
        Column("Component", grow=1, least=24),
        Column("What was measured", grow=3, least=40),
        Column("Measure", right=True),
        Column("Points", right=True),
        Column("Weight", right=True),
        Column("Adds to score", right=True),
        Column("Still to earn", right=True),
    )
    rows = [_component_row(part, formats) for part in score.components]
    weights = sum((c.weight for c in score.components), Decimal(0))
    added = sum((c.adds for c in score.components), Decimal(0))
    total = (formats.number(v, 2) for v in (weights / 100, added, weights - added))
    rows.append(row("Score", "", "", "", *total, role=CELL_BOLD, last=True))
    return Table(columns, tuple(rows), _PAD)


def _component_row(part: ScoreComponent, formats: Formats) -> Row:
    if part.missing:
        why = Span(f"{words.NOT_EVALUATED}: {part.missing}", CELL_MUTED)
        return row(part.label, (why,), "", "", formats.number(part.weight / 100, 2), formats.number(part.adds, 2), "")
    measures = part.measures
    if not part.met_minimum and part.minimum is not None:
        measures = f"{measures}; below its minimum of {words.quantity(formats, part.minimum, part.unit)}".lstrip("; ")
    return row(
        part.label,
        measures,
        words.quantity(formats, part.measured, part.unit),
        formats.number(part.points, 1),
        formats.number(part.weight / 100, 2),
        formats.number(part.adds, 2),
        formats.number(_left_to_earn(part), 2),
    )


def _sum(score: ScoreView, data: PackData, formats: Formats) -> str:
    rule = f"Rule {score.rule}, program version" if score.rule else "Program version"
    start = f"{rule} {data.program.version}"
    if not score.components or score.total is None:
        return f"{start}. {score.missing}".strip()
    parts = " + ".join(f"{formats.number(c.weight / 100, 2)} × {formats.number(c.points, 1)}" for c in score.components)
    return f"{start}: {parts} = {formats.number(score.total, 1)}. Points are shown rounded."


def _right(paper: Paper, top: float, data: PackData, score: ScoreView, formats: Formats) -> None:
    x, width = LEFT + WIDTH - _RIGHT_WIDTH * MM, _RIGHT_WIDTH * MM
    if score.gates and score.next_tier:
        top = _gates(paper, x, top, width, score, formats) + 8 * MM
    if score.levers:
        top = _levers(paper, x, top, width, score, formats) + 8 * MM
    known = [p for p in score.history if p.total is not None]
    room = (SOURCE_BOTTOM - 12 * MM - top) / MM
    head, sub = _history_title(score), "Composite score at quarter end"
    left = room - heading_height(width, head, sub) / MM
    if len(known) > 1 and left >= 30:
        top = heading(paper, x, top, width, head, sub)
        paper.chart(x, top, _RIGHT_WIDTH, min(46.0, left), score_history, _history(score, formats))


def _history_title(score: ScoreView) -> str:
    known = [p.total for p in score.history if p.total is not None]
    steps = [b - a for a, b in pairwise(known)]
    whole = words.capital(words.number_word(len(known)))
    if steps and all(s > 0 for s in steps):
        return f"{whole} quarters upward"
    if steps and all(s < 0 for s in steps):
        return f"{whole} quarters downward"
    return f"Up in {sum(s > 0 for s in steps)} of {len(steps)} quarters"


def _history(score: ScoreView, formats: Formats) -> History:
    points = tuple(
        HistoryPoint(
            f"{words.short_period(p.period)} {p.period.start.year % 100:02d}",
            p.total,
            "" if p.total is None else formats.number(p.total, 1),
        )
        for p in score.history
    )
    marks = tuple(
        RuleMark(n + 1, f"rules v{after.version}")
        for n, (before, after) in enumerate(pairwise(score.history))
        if after.version and before.version and after.version != before.version
    )
    floors = tuple(
        Threshold(f"{t.name} {words.quantity(formats, t.floor, '1')}", t.floor, t.name == score.next_tier)
        for t in score.tiers
        if t.floor is not None
    )
    return History(points, floors, marks)


def _gates(paper: Paper, x: float, top: float, width: float, score: ScoreView, formats: Formats) -> float:
    count = words.counted(sum(not g.depth for g in score.gates), "gate")
    sub = f"Checked at {formats.day(score.check_day)}" if score.check_day else "Besides the score"
    top = heading(paper, x, top, width, f"{score.next_tier} also needs {count}", sub)
    limit = BOTTOM - 20 * MM
    for n, gate in enumerate(score.gates):
        height = _gate_height(gate, width, formats)
        if top + height > limit and n < len(score.gates) - 1:
            more = f"{len(score.gates) - n} more in the program guide"
            return paper.paragraph(x, top + 1 * MM, width, more, SUB)
        _gate(paper, x, top, width, gate, formats)
        top += height
        paper.rule(x, x + width, top)
    return top


def _gate_parts(gate: Gate, width: float, formats: Formats) -> tuple[float, str, float]:
    """The indent of the text, what stands at the right, and the room for the text."""
    indent = GLYPH + 1.4 * MM + gate.depth * 4 * MM
    state = _state(gate, formats)
    return indent, state, width - indent - line_width((Span(state, CELL_BOLD),)) - 2.2 * MM


def _gate_height(gate: Gate, width: float, formats: Formats) -> float:
    _, _, room = _gate_parts(gate, width, formats)
    return len(wrapped(gate.text, CELL_BOLD, room)) * CELL.leading + 2 * _PAD * MM


def _gate(paper: Paper, x: float, top: float, width: float, gate: Gate, formats: Formats) -> None:
    indent, state, room = _gate_parts(gate, width, formats)
    top += _PAD * MM
    name = "met" if gate.met else "unknown" if gate.missing else "not_met"
    paper.shapes(x + gate.depth * 4 * MM, top + CELL.leading / 2 - GLYPH / 2, glyph(name, GLYPH))
    role = CELL if gate.met else CELL_BOLD
    for n, line in enumerate(paper.broken(gate.text, role, room)):
        paper.line_at(x + indent, baseline(top + n * role.leading, role), line, (x + indent, x + indent + room))
    shown = CELL_MUTED if gate.met or gate.missing else replace(CELL_BOLD, colour="bad")
    paper.text(x + width, top, state, shown, align="right", room=(x + indent + room, x + width))


def _state(gate: Gate, formats: Formats) -> str:
    """`412k, met`, `1 of 2, by 31 Dec`, or that it is not evaluated."""
    if gate.missing or (gate.value is None and not gate.met):
        return words.NOT_EVALUATED
    if gate.value is None:
        return "met"
    value = words.quantity(formats, gate.value, gate.unit)
    if gate.met:
        return f"{value}, met"
    needed = f" of {words.quantity(formats, gate.needed, gate.unit)}" if gate.needed is not None else ""
    by = f", by {formats.short_day(gate.by)}" if gate.by else ""
    return f"{value}{needed}{by}"


def _levers(paper: Paper, x: float, top: float, width: float, score: ScoreView, formats: Formats) -> float:
    ordered = sorted(score.levers, key=lambda lever: -lever.gain)[:4]
    needed = f"; {formats.number(score.points_short, 1)} are needed" if score.points_short else ""
    top = heading(paper, x, top, width, "What moves the score most", f"Points added to the score{needed}")
    items = tuple(_lever(lever, n == 0, formats) for n, lever in enumerate(ordered))
    listing = Listing(
        "", items, width, role=CELL, lead_width=12 * MM, lead_role=CELL_BOLD, tail_role=CELL_MUTED, pad=_PAD
    )
    return listing.draw(paper, x, top)


def _lever(lever: Lever, first: bool, formats: Formats) -> Item:
    role = CELL_BOLD if first else CELL
    gain = Span(formats.signed(lever.gain, 1), replace(CELL_BOLD, colour="accent" if first else "text"))
    return Item((Span(lever.text, role),), (gain,), lever.effort)
