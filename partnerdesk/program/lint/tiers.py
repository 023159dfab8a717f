"""Tiers and requirements: reachable, in order, of names that exist."""

from collections.abc import Iterator
from decimal import Decimal

from partnerdesk.engine.rules import Need, Program, TierMoves, TierPolicy
from partnerdesk.engine.terms.tiers import TierTerms
from partnerdesk.program.lint.found import Found, filter_problems, unknown


def tiers(program: Program) -> Iterator[Found]:
    names = [t.name for t in program.tier]
    for i, name in enumerate(names):
        if name in names[:i]:
            yield f"tier.{i}", f"a tier before it is named {name}, too.", "Rename one.", False
    for i, tier in enumerate(program.tier):
        if tier.requires is None and i > 0:
            yield f"tier.{i}", f"{tier.name} requires nothing and hides the tiers below.", "Add requires.", False
        if tier.requires is not None:
            yield from need_problems(program, tier.requires, f"tier.{i}.requires")
            if set(names[i:]) & set(_asked_tiers(tier.requires)):
                message = f"{tier.name} requires itself or a higher tier: nobody comes to it by figures."
                yield f"tier.{i}.requires", message, "Require a tier below it.", True
    floors = [_floor(t.requires) for t in program.tier]
    known = [f for f in floors if f is not None]
    if known != sorted(known):
        yield "tier", "a higher tier needs a lower score than one below it.", "Order tiers from low to high.", False

    if program.tier:
        yield from _policy(program.tiers, names)
        if program.tiers.whose and not TierTerms(program).is_decided:
            message = "figures alone move the tier both ways: no decision counts."
            yield "tiers.whose", message, 'Drop it, or let persons confirm: moves = "confirmed".', True


def _policy(policy: TierPolicy, names: list[str]) -> Iterator[Found]:
    if policy.start and policy.start not in names:
        yield unknown("tiers.start", "tier", policy.start, names)
    if policy.qualifies_for < 1:
        yield "tiers.qualifies_for", "it is below one.", "Write 1 for the period itself.", False
    for word, rule in (("up", policy.up), ("down", policy.down)):
        yield from _moves(f"tiers.{word}", rule)


def _moves(path: str, rule: TierMoves) -> Iterator[Found]:
    for name in ("lag_months", "step", "grace_months", "kept_months"):
        if getattr(rule, name) < 0:
            yield f"{path}.{name}", "it is below zero.", "Write 0 for none.", False
    if rule.on_anniversary_of and rule.lag_months >= 12:
        message = "a move waits for an anniversary, and a year or more before that."
        yield f"{path}.lag_months", message, "Write less than 12, or leave it out.", True
    if rule.kept_again and not rule.kept_months:
        yield f"{path}.kept_again", "it does not say for how many months.", "Add kept_months.", False
    if rule.notice_periods < 1:
        yield f"{path}.notice_periods", "it is below one.", "Write 1 to move at the first review.", False
    if rule.moves == "never" and rule != TierMoves(moves="never"):
        message = "nothing here matters where figures never move a tier."
        yield path, message, "Drop the other keys, or let the tier move.", True


def _floor(need: Need | None) -> Decimal | None:
    from partnerdesk.engine.tiers.tiers import score_floor

    return score_floor(need)


def need_problems(program: Program, need: Need, path: str) -> Iterator[Found]:
    for group in (need.all, need.any, need.none, need.of):
        for part in group:
            yield from need_problems(program, part, path)
    if need.score and program.score is None:
        yield path, "a score is required, but the program has none.", "Add [score] or ask for a metric.", False
    if need.metric and need.metric not in program.metric:
        yield unknown(path, "metric", need.metric, list(program.metric))
    if need.tier and need.tier not in (names := [t.name for t in program.tier]):
        yield unknown(path, "tier", need.tier, names)
    if need.of and not 1 <= need.some <= len(need.of):
        message = f"{need.some} of {len(need.of)} can never be met." if need.some > 0 else "none of them need hold."
        yield path, message, "Lower at_least." if need.some > 0 else "Raise at_least to 1 or more.", False
    if need.for_periods < 1:
        yield path, "for_periods is below one.", "Write 1 for the period itself.", False
    if _is_empty(need):
        yield path, "no value lies within these bounds.", "Correct the bounds.", False
    yield from filter_problems(path, "partner", need.partner)


def _is_empty(need: Need) -> bool:
    """Whether the lower bounds lie above the upper ones."""
    lows = [(bound, strict) for bound, strict in ((need.at_least, False), (need.above, True)) if bound is not None]
    highs = [(bound, strict) for bound, strict in ((need.at_most, False), (need.below, True)) if bound is not None]
    return any(low > high or (low == high and (a or b)) for low, a in lows for high, b in highs)


def _asked_tiers(need: Need) -> Iterator[str]:
    """The tiers that a requirement cannot do without."""
    if need.tier:
        yield need.tier
    for part in need.all:
        yield from _asked_tiers(part)
