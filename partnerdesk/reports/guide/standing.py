"""Tiers and score: what each tier asks for and brings, how tiers move, and how points are earned."""

from collections.abc import Iterator, Sequence

from partnerdesk.engine.figures.reasons import percent_words
from partnerdesk.engine.rules import Program, ScorePart, TierRule
from partnerdesk.engine.terms.metrics import unit_of
from partnerdesk.engine.world.where_words import plain
from partnerdesk.program.words import RuleWords, need_words
from partnerdesk.program.words.metrics import part_says
from partnerdesk.program.words.naming import benefits_say
from partnerdesk.reports.format import MINUS, Formats
from partnerdesk.reports.guide.data import GuideData, Worked
from partnerdesk.reports.guide.examples import example_parts
from partnerdesk.reports.guide.phrases import capital, clause_line, counted, sentence, short
from partnerdesk.reports.look import CELL, CELL_BOLD, CELL_MUTED, HEADING, LEAD
from partnerdesk.reports.page import MM, Column, Row, Span, Table, row
from partnerdesk.reports.page.flow import Part, Prose, grid, titled
from partnerdesk.reports.page.portrait import WIDTH


def title(data: GuideData) -> str:
    tiers = data.program.tier
    if not tiers:
        return "The score decides"
    if len(tiers) == 1:
        return short(f"One tier: {tiers[0].name}")
    decides = "; the score decides" if data.program.score else ""
    return f"{capital(counted(len(tiers), 'tier'))}, from {short(tiers[0].name)} to {short(tiers[-1].name)}{decides}"


def parts(data: GuideData, formats: Formats, rules: Sequence[RuleWords]) -> list[Part]:
    """Both with their examples; nothing where the program has neither tiers nor a score."""
    found: list[Part] = []
    for rule in rules:
        if rule.key == "tiers":
            found = _tiers(data, formats, rule) + found
        elif rule.key == "score":
            found += _score(data, formats, rule)
    for worked in examples(data):
        found += example_parts(worked, formats)
    return found


def examples(data: GuideData) -> list[Worked]:
    """The cases that work out the score or a tier and no other rule."""
    return [w for w in data.worked if w.covers and all(key == "score" or key.startswith("tier.") for key in w.covers)]


def _tiers(data: GuideData, formats: Formats, rule: RuleWords) -> list[Part]:
    columns = (
        Column("Tier", grow=0.6, least=24),
        Column("Asks for", grow=2, least=50, gap=2),
        Column("Brings", grow=1.2, gap=2),
    )
    kept = columns if any(tier.benefits for tier in data.program.tier) else columns[:2]
    rows = tuple(_tier(data.program, tier, len(kept)) for tier in data.program.tier)
    found = [Part(Prose(rule.sentence, WIDTH, LEAD))]
    sub = f"All conditions of a row must hold. {clause_line(data, rule, formats)}"
    return [*found, *titled("Tiers", grid(Table(kept, rows), WIDTH), WIDTH, HEADING, sub)]


def _tier(program: Program, tier: TierRule, columns: int) -> Row:
    clause = f" ({tier.reference})" if tier.reference else ""
    asked = need_words(program, tier.requires) if tier.requires else "Open to every partner"
    note = f" {sentence(tier.note)}" if tier.note else ""
    asks = (Span(capital(asked), CELL), Span(note, CELL_MUTED))
    cells = ((Span(tier.name, CELL_BOLD), Span(clause, CELL)), asks, "; ".join(benefits_say(program, tier)))
    return row(*cells[:columns])


def _score(data: GuideData, formats: Formats, rule: RuleWords) -> list[Part]:
    score = data.program.score
    if score is None:
        return []
    columns = (
        Column("Part", grow=1, least=40),
        Column("Weight", right=True),
        Column("Scale", grow=2, least=50),
        Column("Target", right=True),
    )
    tracks = [(track.name, track.parts) for track in score.track] or [("", score.parts)]
    kept = columns if any(_has_target(part) for _, parts in tracks for part in parts) else columns[:-1]
    rows: list[Row] = []
    for name, tracked in tracks:
        rows += [row((Span(name, CELL_BOLD),), *[""] * (len(kept) - 1))] if name else []
        rows += [row(*cells[: len(kept)]) for cells in _part_cells(data.program, tracked, 0)]
    head = titled(rule.title, Prose(rule.sentence, WIDTH), WIDTH, HEADING, clause_line(data, rule, formats))
    return [*head, Part(grid(Table(kept, tuple(rows)), WIDTH), 3 * MM)]


def _has_target(part: ScorePart) -> bool:
    return part.target is not None or any(map(_has_target, part.parts))


def _part_cells(program: Program, found: Sequence[ScorePart], depth: int) -> Iterator[tuple[str, ...]]:
    for part in found:
        is_share = bool(part.metric) and unit_of(program, part.metric, program.currency) == "%"
        at = percent_words if is_share else plain
        target = "" if part.target is None else _signed(at(part.target))
        steps = ", ".join(f"{_signed(at(step.at))} gives {plain(step.points)}" for step in part.scale)
        scale = f"{steps}{', in steps' if part.is_stepped else ''}" if steps else "counts as it is"
        scale = "made of:" if part.parts and not part.scale else scale
        scale += "".join(f"; {words}" for words in _bounds(part))
        weight = "" if part.as_points else plain(part.weight)
        name = "\u00a0" * 4 * depth + part_says(program, part)
        yield name, weight, scale, target
        yield from _part_cells(program, part.parts, depth + 1)


def _signed(number: str) -> str:
    """A number with a real minus sign."""
    return number.replace("-", MINUS)


def _bounds(part: ScorePart) -> Iterator[str]:
    if part.at_most is not None:
        yield f"adds at most {plain(part.at_most)} points"
    if part.minimum is not None:
        yield f"at least {plain(part.minimum)} points are needed above the lowest tier"
    if part.more_than is not None:
        yield f"more than {plain(part.more_than)} points are needed above the lowest tier"
