"""The score in words."""

from collections.abc import Iterator, Sequence

from partnerdesk.engine.figures.reasons import percent_words
from partnerdesk.engine.money import HUNDRED
from partnerdesk.engine.rules import Program, ScorePart, ScoreRule, Track
from partnerdesk.engine.terms.metrics import unit_of
from partnerdesk.engine.world.where_words import plain, spoken
from partnerdesk.program.words.facts import where_words
from partnerdesk.program.words.metrics import part_says
from partnerdesk.program.words.naming import many, period_noun
from partnerdesk.program.words.phrases import Said


def score(program: Program, rule: ScoreRule) -> Said:
    sets = [(track.name, track.parts) for track in rule.track] or [("", rule.parts)]
    of = " %" if rule.out_of == HUNDRED else f" of {plain(rule.out_of)}"
    parts = [(f"{name}: " if name else "") + "; ".join(_parts(program, parts, of)) for name, parts in sets]
    formulas = [(f"{name}: " if name else "") + _formula(program, parts) for name, parts in sets]
    scales = [said for _, parts in sets for said in _scales(program, parts)]
    sentence = (
        f"Each {period_noun(rule.every)} the score adds up to {plain(rule.out_of)} points: {'. '.join(parts)}. Each "
        f"measure earns points on its own scale; a measure that cannot be evaluated earns none. {_choice(rule)}The "
        f"total is rounded {_rounded(rule)}."
    )
    return "score", rule.reference, rule.says, sentence, "; ".join(formulas), "; ".join(scales)


def _rounded(rule: ScoreRule) -> str:
    how = rule.mode.replace("-", " ")
    return f"{how} to {many(rule.decimals, 'decimal')}" if rule.decimals else f"{how} to whole points"


def _parts(program: Program, parts: Sequence[ScorePart], unit: str = " %") -> Iterator[str]:
    """What each part counts, with its bounds and the parts inside it; a minimum that all share is said once."""
    shared = _needed(parts[0]) if len(parts) > 1 and len({_needed(part) for part in parts}) == 1 else ""
    for number, part in enumerate(parts, 1):
        counts = "as it is" if part.as_points else f"{plain(part.weight)}{unit}"
        most = f", at most {plain(part.at_most)} points" if part.at_most is not None else ""
        needed = f", of which {_needed(part)}" if _needed(part) and not shared else ""
        inner = f" (made of {', '.join(_parts(program, part.parts))})" if part.parts else ""
        last = f"; of each, {shared}" if shared and number == len(parts) else ""
        yield f"{part_says(program, part)} {counts}{most}{needed}{inner}{last}"


def _needed(part: ScorePart) -> str:
    """What a tier above the lowest needs of a part."""
    least = [
        f"{words} {plain(bound)}"
        for words, bound in (("at least", part.minimum), ("more than", part.more_than))
        if bound is not None
    ]
    return f"{' and '.join(least)} of its 100 points are needed for a tier above the lowest" if least else ""


def _formula(program: Program, parts: Sequence[ScorePart]) -> str:
    said = []
    for part in parts:
        points = f"points of {part_says(program, part).lower()}"
        text = points if part.as_points else f"{plain(part.weight / HUNDRED)} × {points}"
        said.append(text if part.at_most is None else f"least of {plain(part.at_most)} and ({text})")
    return " + ".join(said)


def _scales(program: Program, parts: Sequence[ScorePart]) -> Iterator[str]:
    for part in parts:
        if part.scale:
            is_share = bool(part.metric) and unit_of(program, part.metric, program.currency) == "%"
            at = percent_words if is_share else plain
            steps = ", ".join(f"{at(s.at)} = {plain(s.points)} points" for s in part.scale)
            aim = f", target {at(part.target)}" if part.target is not None else ""
            yield f"{part_says(program, part)}: {steps}{' (in steps)' if part.is_stepped else ''}{aim}"
        elif part.target is not None:
            yield f"{part_says(program, part)}: target {plain(part.target)}"
        yield from _scales(program, part.parts)


def _of_track(track: Track) -> str:
    """Whom a track is for."""
    enrolled = " that are enrolled in it at the period's end" if track.enrolled else ""
    whose = where_words(track.partner)
    return f"partners{whose}{' and' if whose and enrolled else ''}{enrolled}"


def _choice(rule: ScoreRule) -> str:
    """Which track counts, and how scopes become one score."""
    said = ""
    if rule.track and rule.choose == "best":
        said += "The best of these tracks counts; one that misses a minimum stands back. "
    elif rule.track:
        who = "; ".join(f"{t.name} for {_of_track(t)}" for t in rule.track)
        said += f"The first track that fits counts: {who}. "
    if rule.scope:
        how = {"mean": "their mean counts", "sum": "they are added"}.get(rule.combine, f"the {rule.combine} counts")
        said += f"It is taken for each {spoken(rule.scope)} by itself; {how}. "
    return said
