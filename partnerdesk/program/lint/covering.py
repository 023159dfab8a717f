"""Whether one entry of a table fits whenever another one does: wider bounds, fewer conditions."""

from typing import Any

from partnerdesk.engine.rules import FactorEntry, Need, RateEntry, Test


def covers(wide: RateEntry | FactorEntry, narrow: RateEntry | FactorEntry) -> bool:
    """Whether `wide` fits whenever `narrow` does, as far as their texts tell."""
    ages = getattr(wide, "from_months", 0), getattr(narrow, "from_months", 0)
    is_tier = not wide.tier or (bool(narrow.tier) and set(narrow.tier) <= set(wide.tier))
    is_asked = wide.when is None or (narrow.when is not None and _holds_with(wide.when, narrow.when))
    return ages[0] <= ages[1] and is_tier and is_asked and all(_is_implied(t, narrow.where) for t in wide.where)


def _is_implied(test: Test, where: tuple[Test, ...]) -> bool:
    return any(test == other or _passes_with(test, other) for other in where)


def _passes_with(wide: Test, narrow: Test) -> bool:
    """Whether a test of the same attribute passes with another one: more values, or wider bounds."""
    if wide.attribute != narrow.attribute or (narrow.or_unknown and not wide.or_unknown):
        return False
    if wide.is_set is not None or narrow.is_set is not None or wide.negated or narrow.negated:
        return False
    if wide.one_of is not None or narrow.one_of is not None:
        return wide.one_of is not None and narrow.one_of is not None and set(narrow.one_of) <= set(wide.one_of)
    return _is_wider(wide, narrow)


def _holds_with(wide: Need, narrow: Need) -> bool:
    """Whether a requirement holds with another one on the same metric or score."""
    if wide == narrow:
        return True
    is_bound = bool(wide.metric or wide.score) and (wide.metric, wide.score) == (narrow.metric, narrow.score)
    return is_bound and wide.for_periods <= narrow.for_periods and _is_wider(wide, narrow)


def _is_wider(wide: Any, narrow: Any) -> bool:
    """Whether bounds hold wherever others do."""
    low, high = (wide.at_least, wide.above), (wide.at_most, wide.below)
    is_low = all(n is None for n in low) or _reaches(low, (narrow.at_least, narrow.above), 1)
    is_high = all(n is None for n in high) or _reaches(high, (narrow.at_most, narrow.below), -1)
    return is_low and is_high


def _reaches(wide: tuple[Any, Any], narrow: tuple[Any, Any], sign: int) -> bool:
    """Whether a bound (itself included, or not) leaves in all that another one does; `sign` is -1 for upper ones."""
    (closed, open_), (own_closed, own_open) = wide, narrow
    own = own_closed if own_closed is not None else own_open
    bound = closed if closed is not None else open_
    if own is None or bound is None or type(own) is not type(bound):
        return False
    is_looser = own >= bound if sign > 0 else own <= bound
    return is_looser and not (own == bound and closed is None and own_closed is not None)
