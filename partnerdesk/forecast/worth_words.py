"""The worth of an event in words: one sentence a way, then what it does to the tier and what a person would decide."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from partnerdesk.forecast.effects import PARTS, TITLES
from partnerdesk.forecast.worth import Way, Worth

Amount = Callable[[Decimal], str]
Said = Callable[[str], str]
Day = Callable[[date], str]
_HAPPENS = {
    "won": "is won",
    "lost": "is lost",
    "renewed": "renews",
    "churned": "leaves",
    "live": "goes live",
    "earned again": "is earned again",
    "lapses": "lapses",
}


def title(found: Worth) -> str:
    """What it is about: the deal, the customer and its contract, the deployment, the certificate."""
    return found.says.removesuffix(" renews")


def sentence(found: Worth, way: Way, amount: Amount, day: Day) -> str:
    """What one way brings or costs, in one sentence; amounts as `amount` writes them."""
    effect, who = way.effect, title(found) if way is found.well else "it"
    head = f"If {who} {_HAPPENS[way.name]} on {day(found.day)}"
    if not effect.moved:
        return f"{head}, nothing changes by {day(found.horizon)}."
    parts = ", ".join(f"{amount(effect.part(part))} {TITLES[part]}" for part in PARTS)
    return f"{head}, {_brings(effect.total, found.currency, amount)} by {day(found.horizon)}: {parts}."


def _brings(total: Decimal, currency: str, amount: Amount) -> str:
    if not total:
        return f"it comes to {amount(total)} {currency}"
    return f"that {'brings' if total > 0 else 'costs'} {amount(abs(total))} {currency}"


def follows(found: Worth, way: Way, amount: Amount, day: Day) -> str:
    """The contract that is taken to follow a way; empty where none is."""
    term = way.term
    if term is None:
        return ""
    until = f" to {day(term.end)}" if term.end else ""
    size = f" of {amount(term.recurring)} {term.currency} a year" if term.recurring is not None else ""
    why = "as after most won deals of this book" if found.kind == "deal" else "as long as the one that ends"
    return f"A contract{size} from {day(term.start)}{until} is taken to follow, {why}."


def notes(found: Worth, way: Way, amount: Amount, period: Said) -> Iterator[str]:
    """What a way does to the tier, and what a person's decisions would change; `period` puts a label into words."""
    yield from _stretches(way.tiers, period)
    if (told := way.confirming) is None:
        return
    if told.period:
        yield (
            f"The review of {period(told.period)} then calls for {told.tier} instead of {told.instead_of}, "
            "which a person decides."
        )
    if told.total != way.effect.total:
        yield f"With every coming review confirmed it comes to {amount(told.total)} {found.currency} in all."


def _stretches(tiers: tuple[tuple[str, str, str], ...], period: Said) -> Iterator[str]:
    """Changes of the tier in force, those of one kind in one line."""
    for pair in dict.fromkeys(row[1:] for row in tiers):
        labels = [period(row[0]) for row in tiers if row[1:] == pair]
        when = labels[0] if len(labels) == 1 else f"{labels[0]} to {labels[-1]}"
        yield f"Tier {pair[0]} instead of {pair[1]} in {when}."
