"""Requirements in words, as half sentences that text, explanations and screens share."""

from dataclasses import replace
from decimal import Decimal

from partnerdesk.engine.metric_terms import unit_of
from partnerdesk.engine.reasons import percent_words
from partnerdesk.engine.rules import Need, Program
from partnerdesk.engine.where import plain, tests_words


def need_words(program: Program, need: Need) -> str:
    """A requirement as a half sentence."""
    if need.says:
        return need.says
    if need.for_periods > 1:
        return f"in each of {need.for_periods} periods in a row {need_words(program, replace(need, for_periods=1))}"
    for word, parts in (("and", need.all), ("or", need.any)):
        if parts:
            return f" {word} ".join(_inner(program, part) for part in parts)
    if need.none:
        return f"not {' and not '.join(_inner(program, part) for part in need.none)}"
    if need.of:
        return f"at least {need.some} of: " + "; ".join(need_words(program, n) for n in need.of)
    if need.tier:
        return f"the tier held is {need.tier} or higher"
    if need.partner:
        return f"the partner's {tests_words(need.partner)}"
    return f"{need_label(program, need).lower()} {bound_words(program, need)}"


def need_label(program: Program, need: Need) -> str:
    """What a single requirement is about: the score's or the metric's name."""
    if need.score:
        return program.score.says if program.score else "Score"
    return program.metric[need.metric].says


def bound_words(program: Program, need: Need) -> str:
    """The bounds of a requirement on a number: at least 80 % and less than 85 %."""
    bounds = (
        ("at least", need.at_least),
        ("more than", need.above),
        ("at most", need.at_most),
        ("less than", need.below),
    )
    return " and ".join(f"{word} {measure_words(program, need, b)}" for word, b in bounds if b is not None)


def measure_words(program: Program, need: Need, value: Decimal) -> str:
    """A value of what a requirement bounds, a share as percent."""
    is_share = bool(need.metric) and unit_of(program, need.metric, program.currency) == "%"
    return percent_words(value) if is_share else plain(value)


def _inner(program: Program, need: Need) -> str:
    """A part of a group; a group inside it stands in brackets."""
    words = need_words(program, need)
    return f"({words})" if (need.all or need.any or need.none or need.of) and not need.says else words
