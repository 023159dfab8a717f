"""What nobody reaches: tiers above what the score adds up to, bands above what a metric gives; and rates that fall
where their words promise more. All of it may be meant, so it warns."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from partnerdesk.engine.money import HUNDRED, ZERO
from partnerdesk.engine.rules import Bands, Earning, Program, Rate, ScorePart
from partnerdesk.engine.tiers.tiers import score_floor
from partnerdesk.engine.world.where_words import plain
from partnerdesk.program.lint.found import Found

# What a rule's name or note says when more business is to pay more.
_PROMISES = ("the more", "grow", "rise", "rising", "accelerat", "escalat", "increas", "higher")


def reach(program: Program) -> Iterator[Found]:
    yield from _tiers(program)
    for name, rule in program.earning.items():
        if isinstance(rule.rate, Rate):
            for path, bands in _bands(f"earning.{name}.rate", rule.rate):
                yield from _above(program, path, bands)
                yield from _falling(path, rule, bands)


def _tiers(program: Program) -> Iterator[Found]:
    most = most_of_score(program)
    for i, tier in enumerate(program.tier):
        floor = score_floor(tier.requires)
        if most is not None and floor is not None and floor > most:
            message = f"{tier.name} needs a score of {plain(floor)}, and the score ends at {plain(most)}: nobody comes"
            yield f"tier.{i}.requires", f"{message} to it.", "Lower it, or add to the score.", True


def most_of_score(program: Program) -> Decimal | None:
    """What full points everywhere give; None without a score, or where its points have no upper end."""
    rule = program.score
    if rule is None or (rule.scope and rule.combine == "sum"):
        return None
    sums = [_sum(parts) for parts in (rule.parts, *(track.parts for track in rule.track)) if parts]
    return None if not sums or None in sums else max(found for found in sums if found is not None)


def _sum(parts: Sequence[ScorePart]) -> Decimal | None:
    each = [_most(part) for part in parts]
    return None if None in each else sum((most for most in each if most is not None), ZERO)


def _most(part: ScorePart) -> Decimal | None:
    """What a part adds at most."""
    points = max((point.points for point in part.scale), default=_sum(part.parts) if part.parts else None)
    adds = points if points is None or part.as_points else part.weight * points / HUNDRED
    bounds = [bound for bound in (adds, part.at_most) if bound is not None]
    return min(bounds, default=None)


def _bands(path: str, rate: Rate) -> Iterator[tuple[str, Bands]]:
    if rate.bands is not None:
        yield f"{path}.bands", rate.bands
    for i, entry in enumerate(rate.entries):
        if entry.bands is not None:
            yield f"{path}.entries.{i}.bands", entry.bands


def _above(program: Program, path: str, bands: Bands) -> Iterator[Found]:
    metric = program.metric.get(bands.by)
    end = metric.not_above if metric is not None else None
    for i, step in enumerate(bands.steps):
        if end is not None and (step.floor > end or (step.floor == end and bands.edge == "above")):
            message = f"the band from {plain(step.floor)} is out of reach: {bands.by} ends at {plain(end)}."
            yield f"{path}.steps.{i}", message, "Lower the floor, or raise not_above of the metric.", True


def _falling(path: str, rule: Earning, bands: Bands) -> Iterator[Found]:
    said = f"{rule.says} {rule.note}".casefold()
    if not any(word in said for word in _PROMISES):
        return
    for lower, step in pairwise(bands.steps):
        if step.rate < lower.rate and not step.amount:
            message = f"“{rule.says}” promises more, and from {plain(step.floor)} the rate falls to {plain(step.rate)}."
            yield path, message, "Correct the rates, or the words.", True
            return
