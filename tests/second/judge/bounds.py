"""At least and at most what a line pays: amounts, and other bases at other rates."""

from dataclasses import replace
from fractions import Fraction

from partnerdesk.engine.rules import Formula
from tests.second.judge.bases import base_of
from tests.second.judge.rates import Rating, Running, rated, share_of


class NothingEarned(Exception):
    """What bounds a line is not known."""


def bounded(asked: Rating, amount: Fraction, base: Fraction | int) -> Fraction:
    """An amount inside its bounds, mirrored below zero; nothing at all is on the side of its base.

    Raises NothingEarned, and NoRate.
    """
    earning, sign = asked.rule.earning, -1 if (amount or base) < 0 else 1
    least, most = (_size(asked, bound, sign) for bound in (earning.least, earning.most))
    if least is not None:
        amount = sign * max(sign * amount, least)
    if most is not None:
        amount = sign * min(sign * amount, most)
    return amount


def _size(asked: Rating, bound: object, sign: int) -> Fraction | None:
    """What a bound comes to: of what takes back its size, of what pays zero or more."""
    if bound is None:
        return None
    if not isinstance(bound, Formula):
        return Fraction(str(bound))
    worth = _worth(asked, bound)
    if worth is None:
        return None
    return abs(worth) if sign < 0 else max(worth, Fraction(0))


def _worth(asked: Rating, formula: Formula) -> Fraction | None:
    """Base x rate x credited share of a formula, at the line's tier; None where no rate applies."""
    earning = replace(asked.rule.earning, base=formula.base, rate=formula.rate, amount=None)
    rule = replace(asked.rule, earning=earning)
    base = base_of(asked.account, rule, asked.event)
    if base is None:
        raise NothingEarned
    by_itself = replace(asked, rule=rule, running=Running())
    paid = rated(by_itself, base)
    if paid is None:
        return None
    return paid.amount * (Fraction(1) if paid.is_fixed else share_of(by_itself))
