"""Requirements in words, as half sentences that text, explanations and screens share."""

from dataclasses import replace
from decimal import Decimal

from partnerdesk.engine.figures.called import called, verb
from partnerdesk.engine.figures.reasons import percent_words
from partnerdesk.engine.rules import Need, Program
from partnerdesk.engine.terms.metrics import unit_of
from partnerdesk.engine.world.where_words import plain, tests_words


def need_words(program: Program, need: Need, *, fails: bool = False) -> str:
    """A requirement as a half sentence: "joint revenue (12 months) is at least 1,000"; or that it does not hold."""
    if need.says:
        return f"it does not hold that {need.says}" if fails else need.says
    if need.for_periods > 1:
        single = need_words(program, replace(need, for_periods=1))
        return f"{'not ' if fails else ''}in each of {need.for_periods} periods in a row {single}"
    if need.all or need.any or need.none or need.of:
        return _group(program, need, fails=fails)
    if need.tier:
        return f"the tier held is {f'lower than {need.tier}' if fails else f'{need.tier} or higher'}"
    if need.partner:
        return f"the partner is none whose {tests_words(need.partner)}" if fails else _partner_words(need)
    says = need_label(program, need)
    return f"{called(says)} {verb(says)} {'not ' if fails else ''}{bound_words(program, need)}"


def _partner_words(need: Need) -> str:
    return f"the partner's {tests_words(need.partner)}"


def _group(program: Program, need: Need, *, fails: bool) -> str:
    """Several requirements; a group inside stands in brackets."""
    if need.none:
        said = [_inner(program, need, part, fails=not fails) for part in need.none]
        return f" {'or' if fails else 'and'} ".join(said)
    if fails:
        return f"it does not hold that {need_words(program, need)}"
    for word, parts in (("and", need.all), ("or", need.any)):
        if parts:
            return _joined([_inner(program, need, part) for part in parts], word)
    return f"at least {need.some} of these hold: " + "; ".join(need_words(program, n) for n in need.of)


def _joined(said: list[str], word: str) -> str:
    """A and B; A, B and C."""
    return f" {word} ".join(said) if len(said) < 3 else f"{', '.join(said[:-1])} {word} {said[-1]}"


def _inner(program: Program, group: Need, need: Need, *, fails: bool = False) -> str:
    """A part of a group; one of several that is a group itself stands in brackets."""
    words = need_words(program, need, fails=fails)
    inside = [part for part in (need.all, need.any, need.none, need.of) if len(part) > 1]
    alone = len([*group.all, *group.any, *group.none]) < 2
    return f"({words})" if (inside or need.for_periods > 1) and not need.says and not alone else words


def need_label(program: Program, need: Need) -> str:
    """What a single requirement is about: the score's or the metric's name."""
    if need.score:
        return program.score.says if program.score else "Score"
    return program.metric[need.metric].says


def bound_words(program: Program, need: Need) -> str:
    """The bounds of a requirement on a number: at least 80 % and less than 85 %."""
    return " and ".join(f"{word} {measure_words(program, need, bound)}" for word, bound in bounds_of(need))


def bounds_of(need: Need) -> tuple[tuple[str, Decimal], ...]:
    """The bounds of a requirement on a number, each behind its word."""
    bounds = (
        ("at least", need.at_least),
        ("more than", need.above),
        ("at most", need.at_most),
        ("less than", need.below),
    )
    return tuple((word, bound) for word, bound in bounds if bound is not None)


def measure_words(program: Program, need: Need, value: Decimal) -> str:
    """A value of what a requirement bounds, a share as percent."""
    return value_words(program, need.metric, value)


def value_words(program: Program, metric: str, value: Decimal) -> str:
    """A value that a metric is compared with, a share as percent."""
    is_share = bool(metric) and unit_of(program, metric, program.currency) == "%"
    return percent_words(value) if is_share else plain(value)
