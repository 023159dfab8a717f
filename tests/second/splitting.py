"""Marginal bands that go on, on any program: however an amount is cut it earns the same, and more never earns less.

Asked of the earnings that have bands, each without what else may tell one fact from two: conditions, counts,
multipliers, bounds. Bands of other kinds are read as marginal ones that go on. What they earn is compared over all
partners, who may be credited on one deal.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import islice
from typing import Any

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Facts
from partnerdesk.engine.rules import Bands, Base, Earning, Eligibility, Program, Rate
from partnerdesk.engine.terms.triggers import trigger_of
from tests.second.maker.pair import Pair

ZERO, NEARLY = Decimal(0), Decimal("0.000001")
FACTS = 2  # so many of each earning are tried
# Whose facts stand for themselves: what names a deal, such as a contract, names one of its parts alone.
KINDS = ("transaction", "deal_line", "deal")


def marginal_bands_are_indifferent_to_splitting_and_monotone(pair: Pair) -> None:
    """A fact is cut in three, and made greater, where it has the amount that such an earning is paid on.

    The parts follow each other in the stated order of one day: what comes between may be shared with others.
    """
    program = pair.programs[0]
    for name, rule in program.earning.items():
        trigger, bands = trigger_of(rule), _going_on(rule)
        if trigger is None or trigger.kind not in KINDS or bands is None:
            continue
        bare = _bare(program, name, replace(rule, rate=Rate(bands=bands, kind="bands")))
        for row, amount in islice(_paid_on(pair.facts, trigger.kind, rule.base.attribute), FACTS):
            third = (amount / 3).quantize(Decimal("0.01"))
            asked = pair, bare, trigger.kind, rule.base.attribute, row
            whole = _earned(*asked, [(row.id, amount)])
            cut = _earned(*asked, [(row.id, third), (f"{row.id}!", third), (f"{row.id}!!", amount - third * 2)])
            assert abs(whole - cut) < NEARLY, f"{name} of {row.id}: {whole} at once, {cut} in three"
            if _never_falls(bands):
                more = _earned(*asked, [(row.id, amount * 2)])
                assert more > whole - NEARLY, f"{name} of {row.id}: {more} of twice as much, {whole} before"


def _going_on(rule: Earning) -> Bands | None:
    """The first bands of a rule, as marginal ones that all facts fill together, or those of one customer or product."""
    for bands in rule.rate.all_bands if rule.rate and rule.base.attribute else ():
        each = bands.each if bands.each in ("customer", "product") else "partner"
        floors_of = "paid" if bands.floors_of == "paid" else "bases"
        going_on = {"over": bands.over or "year", "each": each, "floors_of": floors_of, "edge": bands.edge}
        return Bands(how="marginal", steps=bands.steps, **going_on)
    return None


def _bare(program: Program, name: str, rule: Earning) -> Program:
    """The program with this earning alone, paid without rounding that matters."""
    nothing: dict[str, Any] = {"cap": {}, "safety_net": {}, "holdback": {}, "module": {}}
    kept = {key: getattr(rule, key) for key in ("says", "type", "on", "trigger", "of", "credit", "exchange", "rate")}
    earning = {name: Earning(base=Base(attribute=rule.base.attribute), **kept)}
    rounding = replace(program.rounding, decimals=12, decimals_of="program", point="line")
    return replace(program, earning=earning, eligibility=Eligibility(), rounding=rounding, **nothing)


def _never_falls(bands: Bands) -> bool:
    amounts = [step.amount or ZERO for step in bands.steps]
    return amounts == sorted(amounts) and all((step.rate or ZERO) >= 0 for step in bands.steps)


def _paid_on(facts: Facts, kind: str, attribute: str) -> Iterator[tuple[Any, Decimal]]:
    credited = {row.deal for row in facts.of("credit")}
    for row in facts.of(kind):
        amount = getattr(row, attribute, None)
        if isinstance(amount, Decimal) and amount >= 1 and row.id not in credited:
            yield row, amount


def _earned(
    pair: Pair, program: Program, kind: str, attribute: str, row: Any, parts: list[tuple[str, Decimal]]
) -> Decimal:
    """What all partners earn with these parts in the place of a fact.

    Without what was taken over: facts of before fill the bands, and what they earned is in the opening alone.
    """
    others = tuple(one for one in pair.facts.of(kind) if one is not row)
    made = tuple(replace(row, id=id, **{attribute: amount}) for id, amount in parts)
    facts = Facts({**pair.facts.rows, kind: (*others, *made), "opening": ()})
    found = evaluate([program], facts, pair.as_of).partners.values()
    return sum((line.amount for outcome in found for line in outcome.lines), ZERO)
