"""Tiers and requirements: reachable, in order, of names that exist."""

from collections.abc import Iterator
from decimal import Decimal

from partnerdesk.engine.rules import Need, Program
from partnerdesk.program.lint.found import Found, filter_problems, unknown


def tiers(program: Program) -> Iterator[Found]:
    names = [t.name for t in program.tier]
    if len(set(names)) != len(names):
        yield "tier", "two tiers have one name.", "Rename one.", False
    for i, tier in enumerate(program.tier):
        if tier.requires is None and i > 0:
            yield f"tier.{i}", f"{tier.name} requires nothing and hides the tiers below.", "Add requires.", False
        if tier.requires is not None:
            yield from need_problems(program, tier.requires, f"tier.{i}.requires")
    floors = [_floor(t.requires) for t in program.tier]
    known = [f for f in floors if f is not None]
    if known != sorted(known):
        yield "tier", "a higher tier needs a lower score than one below it.", "Order tiers from low to high.", False


def _floor(need: Need | None) -> Decimal | None:
    from partnerdesk.engine.tiers import score_floor

    return score_floor(need)


def need_problems(program: Program, need: Need, path: str) -> Iterator[Found]:
    for group in (need.all, need.any, need.of):
        for part in group:
            yield from need_problems(program, part, path)
    if need.score and program.score is None:
        yield path, "a score is required, but the program has none.", "Add [score] or ask for a metric.", False
    if need.metric and need.metric not in program.metric:
        yield unknown(path, "metric", need.metric, list(program.metric))
    if need.of and need.some > len(need.of):
        yield path, f"{need.some} of {len(need.of)} can never be met.", "Lower at_least.", False
    yield from filter_problems(path, "partner", need.partner)
