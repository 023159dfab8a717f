"""The names of a program's own rules inside a sentence, and the words for counts and periods."""

from partnerdesk.engine.figures.called import called, is_many, listed, month_day, ordinal_ending, verb
from partnerdesk.engine.rules import Program, TierRule

__all__ = [
    "benefits_say",
    "called",
    "earning_names",
    "earning_says",
    "inside",
    "is_many",
    "listed",
    "many",
    "metric_says",
    "month_day",
    "ordinal",
    "ordinal_ending",
    "period_noun",
    "verb",
]

_IRREGULAR = {"half": "half-year", "half-month": "half-month", "two weeks": "second week"}


def metric_says(program: Program, metric: str) -> str:
    return inside(program.metric[metric].says)


def earning_says(program: Program, name: str) -> str:
    return inside(program.earning[name].says)


def benefits_say(program: Program, tier: TierRule) -> tuple[str, ...]:
    """What a tier brings, each by its name for people; what nothing more is said of is called as the tier lists it."""
    return tuple(program.benefit[name].says if name in program.benefit else name for name in tier.benefits)


def inside(says: str) -> str:
    """A rule's name inside a sentence; one that begins with a sign such as M1 or Q4 keeps it."""
    is_sign = any(letter.isdigit() for letter in says.partition(" ")[0])
    return says[:1] + called(says)[1:] if is_sign else called(says)


def earning_names(program: Program, names: tuple[str, ...]) -> str:
    return listed([earning_says(program, name) for name in names])


def many(count: int, noun: str) -> str:
    """A number of things: 1 month, 6 months."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def period_noun(unit: str) -> str:
    """A unit of time as a noun: half is a half-year."""
    return _IRREGULAR.get(unit, unit)


def ordinal(n: int) -> str:
    """first, second ... 21st."""
    words = ("first", "second", "third", "fourth", "fifth", "sixth")
    if 1 <= n <= len(words):
        return words[n - 1]
    return f"{n}{ordinal_ending(n)}"
