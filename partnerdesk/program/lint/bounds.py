"""The least and most of a line: amounts that leave room, formulas that mean something."""

from collections.abc import Iterator
from decimal import Decimal

from partnerdesk.engine.money import ZERO
from partnerdesk.engine.rules import Bands, Earning, Formula, Program, Rate
from partnerdesk.engine.rules.earnings import alone
from partnerdesk.program.lint.bases import base_problems, is_share
from partnerdesk.program.lint.found import Found
from partnerdesk.program.lint.rates import large_rates, rate_problems


def bound_problems(program: Program, path: str, rule: Earning, kind: str) -> Iterator[Found]:
    least, most = rule.least, rule.most
    if isinstance(least, Decimal) and isinstance(most, Decimal) and least > most:
        yield f"{path}.least", "it is above the most that a line pays.", "Correct one of least and most.", False
    yield from _nothing(path, rule)
    for at, bound in ((f"{path}.least", least), (f"{path}.most", most)):
        if isinstance(bound, Formula):
            yield from _formula(program, at, alone(rule, bound), bound.rate, kind)
        elif bound is not None and bound < ZERO:
            yield at, "a bound is zero or more; it is mirrored below zero.", "Correct it.", False


def _nothing(path: str, rule: Earning) -> Iterator[Found]:
    """The amount below which a line is nothing: it leaves lines, and not all of them."""
    bound, at = rule.nothing_below, f"{path}.nothing_below"
    if bound is None:
        return
    if bound <= ZERO:
        yield at, "every line is as much as that.", "Write the least amount that is paid, or drop it.", False
    elif isinstance(rule.most, Decimal) and rule.most < bound:
        yield at, "a line never pays as much.", "Correct one of most and nothing_below.", False
    elif isinstance(rule.least, Decimal) and rule.least >= bound:
        yield at, "a line pays at least that much anyway.", "Drop one of least and nothing_below.", True
    elif rule.amount is not None and not rule.factor and abs(rule.amount) < bound:
        yield at, "the amount is less: it is never paid.", "Correct one of them.", False


def _formula(program: Program, at: str, rule: Earning, rate: Rate, kind: str) -> Iterator[Found]:
    yield from base_problems(program, f"{at}.base", rule, kind)
    yield from rate_problems(program, f"{at}.rate", rate, kind)
    if is_share(rule, kind):
        yield from large_rates(f"{at}.rate", rate)
    bands = [b for b in (rate.bands, *(entry.bands for entry in rate.entries)) if b is not None]
    if any(one.over for one in bands):
        message = "a bound is worked out for each event by itself: its bands go on through no period."
        yield f"{at}.rate", message, "Drop over in the bands.", False
    if any(number < ZERO for number in _numbers(rate, bands)):
        yield f"{at}.rate", "a bound is zero or more; it is mirrored below zero.", "Correct the rate.", False


def _numbers(rate: Rate, bands: list[Bands]) -> Iterator[Decimal]:
    """Every rate and amount that a table may give."""
    given = [rate.otherwise, *(entry.rate for entry in rate.entries), *(entry.amount for entry in rate.entries)]
    yield from (number for number in given if number is not None)
    for one in bands:
        yield from (number for step in one.steps for number in (step.rate, step.amount))
