"""A version as one partner has it: its modules laid over, its clauses, and nothing that is for others.

What is left out is told with its reason to whom it concerns: the account manager. It never stands in a document.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from partnerdesk.engine.money import ZERO
from partnerdesk.engine.rules import (
    Earning,
    Factor,
    Gate,
    Metric,
    Multiple,
    Need,
    PayDay,
    Program,
    Rate,
    ScoreRule,
    Settlement,
    Where,
)
from partnerdesk.engine.settling.payday import paid_otherwise
from partnerdesk.engine.terms.modules import clauses_of, fitting, laid_over, without
from partnerdesk.engine.terms.triggers import trigger_of
from partnerdesk.engine.world.tree import OWN
from partnerdesk.engine.world.where_words import tests_words
from partnerdesk.engine.world.world import World
from partnerdesk.program.agreement.asked import Asked

LIMITS = ("cap", "safety_net", "holdback")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A rule of the version that does not apply to a partner, and why."""

    key: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Own:
    """A version for one partner. `modules` names those that fit it; `by_owner` the earnings whose rates hang on who
    owns a deal.
    """

    program: Program
    modules: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    by_owner: frozenset[str]
    takes_part: bool


def own_version(program: Program, world: World) -> Own:
    """The version with this partner's terms alone."""
    asked, names = Asked(world), fitting(program, world, world.as_of)
    base = replace(laid_over(program, names), module={}, clause=clauses_of(program, world))
    kept, gone = _earnings(base, asked)
    gone += list(_limits_gone(base, asked))
    left = [LeftOut(key, _title(base, key), reason) for key, reason in gone]
    left += _elsewhere(program, names, base)
    by_owner = {name for name, rule in kept.items() if _hangs_on_owner(base.earning[name], rule)}
    program = without(replace(base, earning={**base.earning, **kept}), [key for key, _ in gone])
    join = program.eligibility.join
    return Own(
        _settled(program, asked), names, tuple(left), frozenset(by_owner), join is None or bool(asked.need(join))
    )


def _hangs_on_owner(rule: Earning, own: Earning) -> bool:
    """Whether an earning on deals, which may be another's, asked what their partner is."""
    trigger = trigger_of(rule)
    asked = rule.where != own.where or rule.rate != own.rate or rule.factor != own.factor
    return asked and rule.of == "own" and trigger is not None and trigger.kind == "deal"


def _title(program: Program, key: str) -> str:
    kind, _, name = key.partition(".")
    return str(getattr(program, kind)[name].says)


def _elsewhere(program: Program, names: Iterable[str], base: Program) -> Iterator[LeftOut]:
    """The modules and clauses that are for others."""
    for name, module in program.module.items():
        if name not in names:
            yield LeftOut(f"module.{name}", module.says, _for(module.partner, module.enrolled))
    for name, clause in program.clause.items():
        if name not in base.clause:
            yield LeftOut(f"clause.{name}", clause.says, _for(clause.partner))


def _for(tests: Where, enrolled: bool = False) -> str:
    """Whom a rule is for."""
    whose = [f"whose {tests_words(tests)}"] if tests else []
    return f"for partners {' and '.join([*whose, *['that are enrolled in it'] * enrolled])}"


def _earnings(program: Program, asked: Asked) -> tuple[dict[str, Earning], list[tuple[str, str]]]:
    """The earnings as they are for the partner, and those that are not for it, with the reason."""
    kept: dict[str, Earning] = {}
    gone: dict[str, str] = {}
    for name, rule in program.earning.items():
        found = _earning(rule, asked)
        if isinstance(found, str):
            gone[name] = found
        else:
            kept[name] = found
    while follows := {n for n, rule in kept.items() if rule.earning in gone}:
        for name in follows:
            gone[name] = f"it follows {program.earning[kept.pop(name).earning].says}"
    return kept, [(f"earning.{name}", reason) for name, reason in gone.items()]


def _earning(rule: Earning, asked: Asked) -> Earning | str:
    others = rule.of == "sub-partners"
    where = asked.where(rule.where, others=others)
    if where is None:
        return f"it is for events whose {tests_words(rule.where)}"
    when = asked.need(rule.when) if rule.when is not None else True
    if when is False:
        return "what it asks of a partner does not hold"
    rate = _rate(rule.rate, asked, others=others) if rule.rate is not None else None
    if rule.rate is not None and rate is None:
        return "no entry of its table is for this partner"
    return replace(
        rule,
        where=where,
        when=when if isinstance(when, Need) else None,
        rate=rate,
        factor=tuple(f for factor in rule.factor if (f := _factor(factor, asked, others=others)) is not None),
        vests=tuple(replace(vest, when=asked.condition(vest.when)) for vest in rule.vests),
    )


def _rate(rate: Rate, asked: Asked, *, others: bool) -> Rate | None:
    """The table without the entries of others; None where nothing is left of it."""
    entries = tuple(
        replace(entry, where=where)
        for entry in rate.entries
        if (where := asked.where(entry.where, others=others)) is not None
    )
    if rate.entries and not entries and rate.otherwise is None:
        return None
    return replace(rate, entries=entries)


def _factor(factor: Factor, asked: Asked, *, others: bool) -> Factor | None:
    """The multiplier without the entries of others; None where it is 1 for this partner."""
    entries = tuple(
        replace(entry, where=where)
        for entry in factor.entries
        if (where := asked.where(entry.where, others=others)) is not None
    )
    return None if factor.entries and not entries else replace(factor, entries=entries)


def _limits_gone(program: Program, asked: Asked) -> Iterator[tuple[str, str]]:
    """Caps and safety nets for other partners; a holdback's condition is one of its release."""
    for kind in ("cap", "safety_net"):
        for name, rule in getattr(program, kind).items():
            if rule.when is not None and asked.need(rule.when) is False:
                yield f"{kind}.{name}", "what it asks of a partner does not hold"


def _settled(program: Program, asked: Asked) -> Program:
    """Everything else with what the partner is worked in: limits, tiers, score, eligibility, stages, measures."""
    changed: dict[str, Any] = {
        kind: {n: replace(r, when=asked.condition(r.when)) for n, r in getattr(program, kind).items()}
        for kind in LIMITS
    }
    rule = program.eligibility
    gates = [_gate(gate, asked) for gate in (rule.earn, rule.pay)]
    return replace(
        program,
        **changed,
        eligibility=replace(rule, join=asked.condition(rule.join), earn=gates[0], pay=gates[1]),
        tier=tuple(replace(tier, requires=asked.condition(tier.requires)) for tier in program.tier),
        settlement=_settlement(program.settlement, asked),
        stage=tuple(replace(s, done_when=asked.condition(s.done_when)) for s in program.stage),
        score=_score(program.score, asked) if program.score else None,
        metric={name: _metric(metric, asked) for name, metric in program.metric.items()},
    )


def _settlement(rule: Settlement, asked: Asked) -> Settlement:
    """The days of payment that are left for the partner, its own minimum, and the tax that fits it."""
    pays: list[PayDay] = []
    for other in rule.pays:
        left = asked.need(other.when)
        if left is True:
            rule = paid_otherwise(rule, other)
            break
        if left is not False:
            pays.append(replace(other, when=left))
    tax = next((t for t in rule.tax if asked.where(t.partner, "partner") is not None), None)
    own = next((m for m in rule.minimums if asked.where(m.partner, "partner") is not None), None)
    rule = replace(rule, minimum=own.minimum if own else rule.minimum, minimums=())
    draw = rule.draw
    if draw is not None and draw.when is not None:
        left = asked.need(draw.when)
        draw = None if left is False else replace(draw, when=None if left is True else left)
    return replace(rule, draw=draw, pays=tuple(pays), tax=(replace(tax, partner=()),) if tax else ())


def _gate(gate: Gate | None, asked: Asked) -> Gate | None:
    left = asked.condition(gate.when) if gate else None
    return replace(gate, when=left) if gate and left else None


def _score(score: ScoreRule, asked: Asked) -> ScoreRule:
    """The track that the partner is assigned to in the place of all; without names where the best one counts."""
    if score.choose == "best":
        return replace(score, track=tuple(replace(track, partner=()) for track in score.track))
    own = next((t for t in score.track if asked.where(t.partner, "partner") is not None), None)
    return replace(score, track=(), parts=own.parts) if own else score


def _metric(metric: Metric, asked: Asked) -> Metric:
    """The measure as it counts for this partner; one that counts nothing of it is zero."""
    # A deal may be another's on which it is credited; what is counted of partners below asks what those are.
    below = metric.whose != OWN
    where = asked.where(metric.where, others=below or metric.of == "deal")
    if where is None:
        return Metric(says=metric.says, reference=metric.reference, fixed=ZERO, unit=metric.unit)
    return replace(metric, where=where, times=tuple(_multiples(table, asked, below) for table in metric.times), note="")


def _multiples(table: tuple[Multiple, ...], asked: Asked, others: bool) -> tuple[Multiple, ...]:
    own = tuple(replace(m, where=where) for m in table if (where := asked.where(m.where, others=others)) is not None)
    return own or (Multiple(factor=ZERO),)
