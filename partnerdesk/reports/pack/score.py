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
from partnerdesk.reports.look import CELL, CELL_BOLD, CELL_MUTED, SOURCE
from partnerdesk.reports.pack import titles, words
from partnerdesk.reports.pack.data import Lever, PackData, ScoreComponent, ScoreView
from partnerdesk.reports.pack.frame import LEFT, SOURCE_BOTTOM, WIDTH, Leaf
from partnerdesk.reports.pack.gates import draw_gates
from partnerdesk.reports.page import MM, Column, Laid, Paper, Row, Span, Table, row
from partnerdesk.reports.page.blocks import Item, Listing, heading, heading_height, source

_LEFT_WIDTH, _RIGHT_WIDTH = 166.0, 80.0
_SECTION = "Score and tier"
_PAD, _CLOSE = 1.37, 0.9  # of table rows; of many
_MOST = 4  # components that have room for two lines each
_COMPOSITE, _AROUND_MANY, _LEAST_PITCH = 32.0, 40.0, 4.2  # mm of the chart
_AROUND, _FULL_PITCH = 50.0, 8.8  # where each component keeps its weight, and the chart its key


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
    count = len(score.components)
    sub = "Points of 100"
    note = _note_height(paper, data, score, formats)
    free = SOURCE_BOTTOM - top - heading_height(width, "x", sub) - note - 8 * MM
    table, room = _table_and_room(score, free, formats)
    drawn = _bullets(data, score, formats)
    made_of = f"{words.number_word(count)} components" if count > 1 else "component"
    name = f"Score against the tiers, and its {made_of}"
    if not _holds(room, count):
        name, drawn, room = "Score against the tiers", replace(drawn, components=()), _COMPOSITE
    top = heading(paper, LEFT, top, width, name, sub)
    height = min(_COMPOSITE + 18.0 + 11.8 * count, room)
    bottom = paper.chart(LEFT, top, _LEFT_WIDTH, height, score_bullets, drawn)
    if count:
        table.draw(paper, LEFT, bottom + 2.5 * MM)


def _table_and_room(score: ScoreView, free: float, formats: Formats) -> tuple[Laid, float]:
    """The table and the mm it leaves to the bullets: close rows where there are many, and definitions (the appendix
    has them too) only where bullets keep their full height beside them."""
    count = len(score.components)
    pad = _PAD if count <= _MOST else _CLOSE
    tables = [_table(score, formats, pad, defined=defined).laid(_LEFT_WIDTH * MM) for defined in (True, False)]
    rooms = [(free - table.height) / MM for table in tables]
    if any(c.missing for c in score.components) and _holds(rooms[0], count):
        return tables[0], rooms[0]  # why a measure is not evaluated stands in the place of its definition
    chosen = 0 if _holds(rooms[0], count, _AROUND, _FULL_PITCH) or not _holds(rooms[1], count) else 1
    return tables[chosen], rooms[chosen]


def _holds(room: float, count: int, around: float = _AROUND_MANY, pitch: float = _LEAST_PITCH) -> bool:
    """Whether so many mm have room for the bullets of all components."""
    return count > 0 and (room - around) / count >= pitch


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
        f"score at {formats.day(min(data.period.end, data.as_of))}",
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


def _table(score: ScoreView, formats: Formats, pad: float, *, defined: bool) -> Table:
    named = (
        Column("Component", grow=1, least=24),
        *((Column("What was measured", grow=3, least=40),) if defined else ()),
    )
    titles_ = ("Measure", "Points", "Weight", "Adds to score", "Still to earn")
    columns = (*named, *(Column(title, right=True) for title in titles_))
    rows = [_component_row(part, formats, defined) for part in score.components]
    weights = sum((c.weight for c in score.components), Decimal(0))
    added = sum((c.adds for c in score.components), Decimal(0))
    whole = formats.number(weights / 100, 2)
    if score.total is None:
        sums = (whole, words.NOT_EVALUATED, "")
    else:
        sums = (whole, formats.number(added, 2), formats.number(weights - added, 2))
    blank = [""] * (len(columns) - 4)
    rows.append(row("Score", *blank, *sums, role=CELL_BOLD, last=True))
    return Table(columns, tuple(rows), pad)


def _component_row(part: ScoreComponent, formats: Formats, defined: bool) -> Row:
    weight, adds = formats.number(part.weight / 100, 2), formats.number(part.adds, 2)
    if part.missing:
        why = (Span(f"{words.NOT_EVALUATED}: {part.missing}", CELL_MUTED),)
        return row(part.label, *((why,) if defined else ()), "", "", weight, adds, "")
    measures = words.capital(part.measures)
    if not part.met_minimum and part.minimum is not None:
        measures = f"{measures}; below its minimum of {words.quantity(formats, part.minimum, part.unit)}".lstrip("; ")
    measure = words.quantity(formats, part.measured, part.unit)
    left = formats.number(_left_to_earn(part), 2)
    texts = (measures,) if defined else ()
    return row(part.label, *texts, measure, formats.number(part.points, 1), weight, adds, left)


def _sum(score: ScoreView, data: PackData, formats: Formats) -> str:
    rule = f"Rule {score.rule}, program version" if score.rule else "Program version"
    start = f"{rule} {data.program.version}"
    if not score.components or score.total is None:
        return f"{start}. {score.missing}".strip()
    parts = " + ".join(f"{formats.number(c.weight / 100, 2)} × {formats.number(c.points, 1)}" for c in score.components)
    return f"{start}: {parts} = {formats.number(score.total, 1)}. Points are shown rounded."


def _right(paper: Paper, top: float, data: PackData, score: ScoreView, formats: Formats) -> None:
    """Gates, levers and history one below the other, as far as there is room; the gates come first."""
    x, width = LEFT + WIDTH - _RIGHT_WIDTH * MM, _RIGHT_WIDTH * MM
    bottom = SOURCE_BOTTOM - _note_height(paper, data, score, formats) - 4 * MM
    if score.gates and score.next_tier:
        top = draw_gates(paper, x, top, width, bottom, score, formats) + 8 * MM
    if score.levers:
        top = _levers(paper, x, top, width, bottom, score, formats)
    known = [p for p in score.history if p.total is not None]
    head, sub = _history_title(score), "Composite score at quarter end"
    left = (bottom - top - heading_height(width, head, sub)) / MM
    if len(known) > 1 and left >= 30:
        top = heading(paper, x, top, width, head, sub)
        paper.chart(x, top, _RIGHT_WIDTH, min(46.0, left), score_history, _history(score, formats))


def _note_height(paper: Paper, data: PackData, score: ScoreView, formats: Formats) -> float:
    return len(paper.broken(_sum(score, data, formats), SOURCE, WIDTH)) * SOURCE.leading


def _history_title(score: ScoreView) -> str:
    known = [p.total for p in score.history if p.total is not None]
    steps = [b - a for a, b in pairwise(known)]
    whole = words.capital(words.number_word(len(known)))
    if steps and all(s > 0 for s in steps):
        return f"{whole} quarters upward"
    if steps and all(s < 0 for s in steps):
        return f"{whole} quarters downward"
    if not any(steps):
        return f"The same in {whole.lower()} quarters"
    return f"Up in {sum(s > 0 for s in steps)} of {len(steps)} quarters"


def _history(score: ScoreView, formats: Formats) -> History:
    points = tuple(
        HistoryPoint(
            f"{words.short_period(p.period)} {words.short_year_of(p.period)}",
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


def _levers(
    paper: Paper, x: float, top: float, width: float, bottom: float, score: ScoreView, formats: Formats
) -> float:
    """The largest levers that have room; returns where the next block may begin."""
    ordered = sorted(score.levers, key=lambda lever: -lever.gain)[:4]
    needed = f"; {formats.number(score.points_short, 1)} are needed" if score.points_short else ""
    added = "at each target" if all(lever.target is not None for lever in ordered) else "to the score"
    name, sub = "What moves the score most", f"Points added {added}{needed}"
    items = tuple(_lever(lever, n == 0, formats) for n, lever in enumerate(ordered))
    listing = Listing(
        "", items, width, role=CELL, lead_width=12 * MM, lead_role=CELL_BOLD, tail_role=CELL_MUTED, pad=_PAD
    )
    fits, _ = listing.split(bottom - top - heading_height(width, name, sub))
    if fits is None:
        return top
    return fits.draw(paper, x, heading(paper, x, top, width, name, sub)) + 8 * MM


def _lever(lever: Lever, first: bool, formats: Formats) -> Item:
    role = CELL_BOLD if first else CELL
    gain = Span(formats.signed(lever.gain, 1), replace(CELL_BOLD, colour="accent" if first else "text"))
    return Item((Span(_lever_words(lever, formats), role),), (gain,), lever.effort)


def _lever_words(lever: Lever, formats: Formats) -> str:
    """What would add the points; shares of a measure are whole percent, as a target is set."""
    if lever.measured is None or lever.target is None:
        return lever.text
    now, target = (words.quantity(formats, v, lever.unit, places=0) for v in (lever.measured, lever.target))
    if now == target:
        now, target = (words.quantity(formats, v, lever.unit) for v in (lever.measured, lever.target))
    return f"{lever.text} from {now} to {target}"
