"""Which renewals are protected: contracts whose term is over, undecided, in the days that a tier's benefit gives.

The tier in force on the contract's last day counts, so that a later move takes no protection away.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from partnerdesk.engine.benefits.effects import benefits_of
from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.figures.reasons import day_words
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.tiers.tiers import tier_on


class Protected(NamedTuple):
    """A contract that nobody else may renew, and the last day of that."""

    contract: Any
    until: date


def protected(reckoning: Reckoning[N], benefit: str) -> list[Protected]:
    """The renewals that a benefit protects on the as-of day, the one that ends first at the front."""
    return sorted(_found(reckoning, benefit), key=lambda one: (one.until, one.contract.id))


def _found(reckoning: Reckoning[N], benefit: str) -> Iterator[Protected]:
    world, as_of = reckoning.world, reckoning.as_of
    for contract in world.rows("contract"):
        end = contract.end
        if end is None or end >= as_of or contract.outcome != "open":
            continue
        if world.index.belonging("contract", "renewal_of", contract.id):
            continue
        version = reckoning.terms.at(end)
        rule = dict(benefits_of(version.program, tier_on(reckoning, end))).get(benefit)
        days = rule.protection_days if rule is not None else None
        if days is not None and (until := end + timedelta(days=days)) >= as_of:
            yield Protected(contract, until)


def protection_words(reckoning: Reckoning[N], benefit: str) -> Iterator[str]:
    """Each protected renewal in words."""
    for contract, until in protected(reckoning, benefit):
        yield f"renewal of contract {contract.id} protected until {day_words(until)}"
