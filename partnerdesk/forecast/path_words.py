"""A path to a tier in words: what there is, what each step is for, and what is missing where there is none."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from partnerdesk.engine.outcome import Requirement
from partnerdesk.forecast.effects import PARTS, TITLES
from partnerdesk.forecast.path import Path, Paths, Step
from partnerdesk.forecast.path_money import Brings

Day = Callable[[date], str]
Number = Callable[[Decimal, int], str]
EXACT = 1000  # from which decimals say nothing


def headline(found: Paths, day: Day) -> str:
    """The finding in one sentence."""
    return f"{found.tier} by {day(found.period.end)} {finding(found)}"


def finding(found: Paths) -> str:
    """What was found of the tier, without its name and day."""
    if found.is_reached:
        return "is reached as things stand"
    if found.paths:
        count = len(found.paths[0].steps)
        return f"takes {count} action{'' if count == 1 else 's'}"
    if not found.is_proven:
        return "has no path among the sets that were tried"
    return "cannot be reached, not even with everything that is open done"


def step_note(step: Step, number: Number) -> str:
    """What a step is for: points of the score, and requirements that fail without it."""
    parts = [f"{'+' if step.adds > 0 else ''}{number(step.adds, 1)} points"] if step.adds else []
    gates = [text for text in step.needed if text != "Score" or not parts]
    return "; ".join([*parts, *(f"for {text[:1].lower()}{text[1:]}" for text in dict.fromkeys(gates))])


def missing(need: Requirement[Decimal], number: Number, percent: Number) -> str:
    """A requirement that does not hold even then: "Revenue 200,000, needed 300,000"."""
    if need.value is None:
        return f"{need.text}: {need.missing or 'not met'}"
    if need.needed is None:
        return need.text
    whole = need.value == int(need.value) or need.value >= EXACT
    told = [percent(v, 1) if need.unit == "%" else number(v, 0 if whole else 1) for v in (need.value, need.needed)]
    return f"{need.text} {told[0]}, needed {told[1]}"


def summary(path: Path, number: Number) -> str:
    """What a path takes, how likely it is, and the score then."""
    parts = [f"effort {number(path.effort, 0 if path.effort == int(path.effort) else 1)}"]
    even = any(step.action.chance is None for step in path.steps)
    parts.append(f"chance {path.chance:.0%}{', counting even odds where there is no record' if even else ''}")
    if path.score is not None:
        parts.append(f"score then {number(path.score, 1)}")
    if not path.is_proven:
        parts.append("a cheaper one is not ruled out")
    return ", ".join(parts)


def earns(found: Brings, amount: Callable[[Decimal], str], day: Day) -> str:
    """What a path earns, in all and part by part: "brings 29,700.00 EUR by 30 June 2027: 27,000.00 at once, …"."""
    total = found.total
    verb = "costs" if total < 0 else "brings"
    said = f"{verb} {amount(abs(total))} {found.currency} by {day(found.horizon)}"
    parts = [f"{amount(found.part(part))} {TITLES[part]}" for part in PARTS if found.part(part)]
    return f"{said}: {', '.join(parts)}" if parts else said


def caveats(paths: Sequence[Path]) -> Iterator[str]:
    """What must be known of the numbers of some paths."""
    if any(step.action.chance is None for path in paths for step in path.steps):
        yield "Chances count even odds where there is no record."
    if not all(path.is_proven for path in paths):
        yield "A cheaper path is not ruled out."
