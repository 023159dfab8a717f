"""What changed between two versions of a program: rule by rule in words, and in what each would have earned."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Facts
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.rules import Program, Transition
from partnerdesk.engine.rules.changed import changed_keys
from partnerdesk.program.words import definition, rule_words


@dataclass(frozen=True, slots=True)
class Change:
    """One rule that is new, gone or different: its key, its title, and its sentences before and after."""

    what: str  # new, gone, changed
    key: str
    title: str
    before: str
    after: str


def differences(before: Program, after: Program) -> tuple[Change, ...]:
    """Every rule that differs, in the order of the later text; rules that are gone come last."""
    old, new = _spoken(before), _spoken(after)
    found = [change for key in (*new, *(k for k in old if k not in new)) if (change := _change(key, old, new))]
    said = {change.key for change in found}
    for path in sorted(changed_keys(before, after)):
        if not any(path == key or path.startswith(f"{key}.") for key in (*old, *new)) and path not in said:
            found.append(Change("changed", path, path, _shown(before, path), _shown(after, path)))
    return tuple(found)


Spoken = Mapping[str, tuple[str, str, Any]]  # by key: title, words, the rule itself


def _spoken(program: Program) -> Spoken:
    found = {
        f"metric.{n}": (m.says, f"{m.says} is the {definition(program, n)}.", m) for n, m in program.metric.items()
    }
    for rule in rule_words(program):
        numbers = f" ({rule.parameters})" if rule.parameters else ""
        found[rule.key] = rule.title, f"{rule.sentence}{numbers}", value_at(program, rule.key)
    return found


def _change(key: str, old: Spoken, new: Spoken) -> Change | None:
    if key not in old:
        return Change("new", key, new[key][0], "", new[key][1])
    if key not in new:
        return Change("gone", key, old[key][0], old[key][1], "")
    if old[key][1:] == new[key][1:]:
        return None
    return Change("changed", key, new[key][0], old[key][1], new[key][1])


def value_at(program: Program, key: str) -> Any:
    """The part of a program that a key names; None where there is none."""
    value: Any = program
    for name in key.split("."):
        if isinstance(value, Mapping):
            value = value.get(name)
        elif isinstance(value, tuple):
            value = value[int(name)] if name.isdigit() and int(name) < len(value) else None
        else:
            value = getattr(value, name, None)
    return value


def _shown(program: Program, path: str) -> str:
    value = value_at(program, path)
    return "" if value is None else str(value)


def earned_under(program: Program, facts: Facts, as_of: date) -> dict[str, Decimal]:
    """What each partner earns on facts up to a day, as if the version had always been in force."""
    always = replace(program, effective_from=date.min, transition=Transition())
    outcomes = evaluate([always], facts, as_of).partners
    return {name: sum((line.amount for line in outcome.lines), ZERO) for name, outcome in outcomes.items()}
