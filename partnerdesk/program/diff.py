"""What changed between two versions of a program: rule by rule in words, and in what each would have earned."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Facts
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.rules import Program, Transition
from partnerdesk.engine.rules.changed import leaves
from partnerdesk.engine.whole import Outcome
from partnerdesk.program.help import in_words
from partnerdesk.program.words import definition, rule_words
from partnerdesk.program.words.naming import inside
from partnerdesk.program.words.phrases import says_more
from partnerdesk.program.words.tiers import tier_words


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
    keys = (*new, *(k for k in old if k not in new))
    left, right = _by_path(before), _by_path(after)
    paths: dict[str, list[str]] = {}  # what changed, by the rule that it is told with
    for path in sorted(path for path in {*left, *right} if left.get(path) != right.get(path)):
        told_with = [key for key in keys if path == key or path.startswith(f"{key}.")]
        paths.setdefault(max(told_with, key=len, default=""), []).append(path)
    changes = [change for key in keys if (change := _change(key, old, new)) is not None]
    found = [c if c.before != c.after else _unspoken(left, right, c, paths.get(c.key, [])) for c in changes]
    for path in paths.get("", []):
        found.append(Change("changed", path, path, _shown(left, path), _shown(right, path)))
    return tuple(change for change in found if change is not None)


def _by_path(program: Program) -> dict[str, Any]:
    """Every key with its value; those of a tier by its name, so that one that is put between others moves none."""
    found = leaves(replace(program, tier=()))
    for tier in program.tier:
        found |= leaves(tier, f"tier.{tier.name}")
    return found


def _unspoken(left: Mapping[str, Any], right: Mapping[str, Any], change: Change, paths: list[str]) -> Change | None:
    """A rule whose sentence stays as it was: by its keys that differ; none where another rule tells them."""
    if not paths:
        return None
    old, new = ("; ".join(f"{path} = {_shown(values, path)}" for path in paths) for values in (left, right))
    return replace(change, before=old, after=new)


Spoken = Mapping[str, tuple[str, str, Any]]  # by key: title, words, the rule itself


def _spoken(program: Program) -> Spoken:
    found: dict[str, tuple[str, str, Any]] = {
        f"metric.{n}": (m.says, f"{m.says} is the {definition(program, n)}.", m) for n, m in program.metric.items()
    }
    for rule in rule_words(program):
        parameters = ", ".join(tier.name for tier in program.tier) if rule.key == "tiers" else rule.parameters
        numbers = f" ({parameters})" if parameters and says_more(parameters, rule.sentence) else ""
        found[rule.key] = rule.title, f"{rule.sentence}{numbers}", value_at(program, rule.key)
    for tier in program.tier:
        found[f"tier.{tier.name}"] = f"Tier {tier.name}", f"{tier_words(program, tier)}.", tier
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


def first_day(before: Program, after: Program) -> tuple[Change, ...]:
    """The first day of a version where it is another one; it is no rule, and `differences` leaves it out."""
    days = before.effective_from.isoformat(), after.effective_from.isoformat()
    return () if days[0] == days[1] else (Change("changed", "effective_from", "First day of the version", *days),)


def titled(change: Change, before: Program, after: Program) -> str:
    """What a change is of, for people: where no rule's words tell it, what the format says of its key."""
    if change.title != change.key:
        return change.title
    return max((_said_of(program, change.key) for program in (after, before)), key=len) or change.key


def _said_of(program: Program, path: str) -> str:
    """What the format says of the tables and the key on a path, each to the end of its first sentence."""
    said: list[str] = []
    value: Any = program
    for name in path.split("."):
        if is_dataclass(value):
            says = {f.name: f.metadata.get("says", "") for f in fields(value)}.get(name, "")
            said += [in_words(says).partition(". ")[0]] if says else []
        elif isinstance(value, Mapping):
            said.append(name)
        value = value_at(value, name)
    return ", ".join([*said[:1], *map(inside, said[1:])])


def _shown(values: Mapping[str, Any], path: str) -> str:
    value = values.get(path)
    return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Comes:
    """What a version comes to for a partner: earned, what is left of that in the ledger, and each fund."""

    earned: Decimal
    kept: Decimal  # less what was clawed back, forfeited or never vested
    funds: Mapping[str, Decimal]  # put in, by the fund's name for people
    available: Mapping[str, Decimal]  # what is left of that and has not expired


def under(program: Program, facts: Facts, as_of: date) -> dict[str, Comes]:
    """What each partner comes to on facts up to a day, as if the version had always been in force."""
    always = replace(program, effective_from=date.min, transition=Transition())
    outcomes = evaluate([always], facts, as_of).partners
    return {name: _comes(outcome) for name, outcome in outcomes.items()}


def _comes(outcome: Outcome) -> Comes:
    earned = sum((line.amount for line in outcome.lines), ZERO)
    kept = sum((entry.amount for entry in outcome.entries if entry.line), ZERO)
    funds = outcome.funds.values()
    return Comes(earned, kept, {f.says: f.issued for f in funds}, {f.says: f.available for f in funds})
