"""The same futures under different choices: what if some open items go well, and what if a tier is in force from a day.

All choices see the same luck, future by future, so that the difference of two of them is what the choice brings.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from partnerdesk.engine.money import ZERO
from partnerdesk.engine.period import Period
from partnerdesk.engine.terms.versions import Terms
from partnerdesk.engine.whole import Outcome
from partnerdesk.forecast.apart import GoingWell
from partnerdesk.forecast.counting import Months, all_lines, columns
from partnerdesk.forecast.futures import futures
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
    asked = prepared.asked
    months = Months(Terms(prepared.programs, asked.horizon).calendar, asked.as_of, asked.horizon)
    months.first = min(months.first, *(period.start for period in periods))
    found = futures(GoingWell(prepared, choice.goes_well), months, all_lines, held=_held(choice))
    rows = [one.earned for one in found], [one.payable for one in found]
    earned, payable = (tuple(range_of(column, currency) for column in columns(days, periods)) for days in rows)
    return earned, payable


def _held(choice: Choice) -> TierOf | None:
    """The tier that is taken to be in force from its day on; before it the program decides."""
    first = choice.tier_from
    return (lambda day: choice.tier if day >= first else "") if choice.tier and first else None


def amounts(outcome: Outcome, periods: Sequence[Period]) -> list[Decimal]:
    """What is earned in each period, by the day on which a line is processed, as statements have it."""
    found = [ZERO] * len(periods)
    for line in outcome.lines:
        for n, period in enumerate(periods):
            if period.start <= line.process <= period.end:
                found[n] += line.amount
    return found


def words(choice: Choice, day: Callable[[date], str]) -> str:
    """A choice as somebody would say it; `day` writes a day."""
    parts = []
    if choice.goes_well:
        deals = sum(kind == "deal" for kind, _ in choice.goes_well)
        counts = ((deals, "deal", "won"), (len(choice.goes_well) - deals, "contract", "renewed"))
        told = [f"{count} {noun}{'s' if count > 1 else ''} {verb}" for count, noun, verb in counts if count]
        parts.append(f"The plan works out: {', '.join(told)}")
    if choice.tier and choice.tier_from:
        parts.append(f"{choice.tier} from {day(choice.tier_from)}")
    return ", and ".join(parts) or "As is"
