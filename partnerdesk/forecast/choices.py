"""The same futures under different choices: what if some open items go well, and what if a tier is in force from a day.

All choices see the same luck, future by future, so that the difference of two of them is what the choice brings.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import Outcome
from partnerdesk.engine.period import Period
from partnerdesk.forecast.counting import becomes_payable
from partnerdesk.forecast.items import Item
from partnerdesk.forecast.prepared import Prepared, TierOf
from partnerdesk.forecast.ranges import Range, range_of


@dataclass(frozen=True, slots=True)
class Choice:
    """What is assumed besides the luck: items that go well, as (kind, id), and a tier with the day it begins."""

    goes_well: frozenset[tuple[str, str]] = frozenset()
    tier: str = ""
    tier_from: date | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is earned, and what becomes payable before any payment, in each of the periods under a choice."""

    choice: Choice
    earned: tuple[Range, ...]
    payable: tuple[Range, ...]


def chosen(prepared: Prepared, choices: Sequence[Choice], periods: Sequence[Period], currency: str) -> list[Chosen]:
    """The ranges of each choice; a choice that changes nothing costs nothing."""
    found: list[Chosen] = []
    for choice in choices:
        same = next((c for c in found if _acts(prepared, c.choice) == _acts(prepared, choice)), None)
        ranges = (same.earned, same.payable) if same else _ranges(prepared, choice, periods, currency)
        found.append(Chosen(choice, *ranges))
    return found


def _acts(prepared: Prepared, choice: Choice) -> tuple[object, ...]:
    """What of a choice makes any difference."""
    keys = {item.key for item in prepared.items if item.likeliest(True)}
    return (choice.goes_well & keys, choice.tier, choice.tier_from)


def _ranges(
    prepared: Prepared, choice: Choice, periods: Sequence[Period], currency: str
) -> tuple[tuple[Range, ...], tuple[Range, ...]]:
    """Earned and payable of each period."""
    held = _held(choice)
    seen: dict[tuple[int, ...], list[Decimal]] = {}
    columns: list[list[Decimal]] = []
    for scenario in range(prepared.asked.scenarios):
        ways = [_way(item, luck[scenario], choice) for item, luck in zip(prepared.items, prepared.lucks, strict=True)]
        key = (*map(id, ways), *((scenario,) if prepared.coming else ()))
        if key not in seen:
            facts = [*(row for way in ways for row in way.rows), *prepared.new(scenario)]
            outcome = prepared.outcome(facts, held)
            seen[key] = [*amounts(outcome, periods), *payables(outcome, periods)]
        columns.append(seen[key])
    found = [range_of(column, currency) for column in zip(*columns, strict=True)]
    return tuple(found[: len(periods)]), tuple(found[len(periods) :])


def _way(item: Item, luck: float, choice: Choice) -> Any:
    return (item.likeliest(True) if item.key in choice.goes_well else None) or item.drawn(luck)


def _held(choice: Choice) -> TierOf | None:
    """The tier that is taken to be in force from its day on; before it the program decides."""
    first = choice.tier_from
    return (lambda day: choice.tier if day >= first else "") if choice.tier and first else None


def payables(outcome: Outcome, periods: Sequence[Period]) -> list[Decimal]:
    """What becomes payable in each period, payments not counted."""
    found = [ZERO] * len(periods)
    for entry in outcome.entries:
        if becomes_payable(entry):
            for n, period in enumerate(periods):
                if entry.day in period:
                    found[n] += entry.amount
    return found


def amounts(outcome: Outcome, periods: Sequence[Period]) -> list[Decimal]:
    """What is earned in each period, by the day on which a line is processed, as statements have it."""
    found = [ZERO] * len(periods)
    for line in outcome.lines:
        for n, period in enumerate(periods):
            if period.start <= line.process <= period.end:
                found[n] += line.amount
    return found
