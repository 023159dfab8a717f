"""One event becomes one line: base x rate x factor x credited share, rounded once by the program's rounding."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar, cast

from partnerdesk.engine.earnings.rates import Rated, metric_base, multiplier, rated
from partnerdesk.engine.earnings.triggers import PERIOD_END, TRIGGERS, Event, events
from partnerdesk.engine.facts import Deal
from partnerdesk.engine.figure import Excluded
from partnerdesk.engine.money import ONE, ZERO
from partnerdesk.engine.outcome import EarningLine
from partnerdesk.engine.period import Period
from partnerdesk.engine.problem import Problem
from partnerdesk.engine.reckoning import Reckoning, origin, rule_ref
from partnerdesk.engine.rules import Earning, Program
from partnerdesk.engine.tiers import met, tier_on
from partnerdesk.engine.where import getter, money_attribute
from partnerdesk.engine.world import MissingRate

N = TypeVar("N")


class Earned(NamedTuple):
    """All lines before caps, in order of (day, rule, id), and what did not count."""

    lines: list[Any]
    uncounted: list[Excluded]


def earned(reckoning: Reckoning[N], first: date) -> Earned:
    """The lines of every rule of every version from `first` to the as-of day, each version on its own days."""
    found: list[tuple[date, int, EarningLine[N]]] = []
    uncounted: list[Excluded] = []
    for i, program in enumerate(reckoning.programs):
        start = first if i == 0 else max(first, program.effective_from)
        end = reckoning.as_of
        if i + 1 < len(reckoning.programs):
            end = min(end, reckoning.programs[i + 1].effective_from - timedelta(days=1))
        if start > end:
            continue
        for order, (key, rule) in enumerate(program.earning.items()):
            for line in _of_rule(reckoning, program, key, rule, start, end, uncounted):
                found.append((line.event, order, line))
    found.sort(key=lambda x: (x[0], x[1], x[2].id))
    return Earned([line for _, _, line in found], uncounted)


def _of_rule(
    reckoning: Reckoning[N],
    program: Program,
    key: str,
    rule: Earning,
    first: date,
    last: date,
    uncounted: list[Excluded],
) -> list[EarningLine[N]]:
    lines: list[EarningLine[N]] = []
    before: dict[Period, N] = {}
    over = rule.rate.bands.over if rule.rate and rule.rate.bands else ""
    for event in events(reckoning, rule, first, last, uncounted):
        try:
            scope = reckoning.period(event.day, over) if over else None
            line = _line(reckoning, program, key, rule, event, before.get(scope) if scope else None)
        except MissingRate as missing:
            reckoning.problems.append(
                Problem(f"{rule.says}, {event.fact.id}", f"{missing}.", "Add the rate to the exchange table.")
            )
            continue
        if isinstance(line, Excluded):
            uncounted.append(line)
        elif line is not None:
            lines.append(line)
            if scope is not None:
                parts = [before[scope], line.base] if scope in before else [line.base]
                before[scope] = reckoning.arithmetic.sum(parts, reckoning.world.currency, "bases before")
    return lines


def _line(
    reckoning: Reckoning[N], program: Program, key: str, rule: Earning, event: Event, before: N | None
) -> EarningLine[N] | Excluded | None:
    period = event.period or reckoning.period(event.day, program.statements)
    if rule.when and not met(reckoning, program, rule.when, period):
        return Excluded(event.fact, "the condition of the rule is not met", rule.reference) if event.fact else None
    day = period.start if rule.tier_as_of == "period start" else event.day
    tier = tier_on(reckoning, day).tier
    if rule.amount is not None:
        return _fixed(reckoning, program, key, rule, event, tier)
    based: tuple[N | None, Decimal | None] = _base(reckoning, program, rule, event, period)
    base, exchange = based
    if base is None:
        return Excluded(event.fact, f"its {rule.base} is not known", rule.reference) if event.fact else None
    if reckoning.arithmetic.value(base) == 0:
        return None
    rate = rated(reckoning, program, key, rule, event, tier, base, before)
    if rate is None:
        return Excluded(event.fact, "no rate of the table applies", rule.reference) if event.fact else None
    factor = multiplier(reckoning, program, key, rule.factor, period, tier) if rule.factor else None
    return _made(reckoning, program, key, rule, event, tier, (base, exchange, rate, factor, _share(reckoning, event)))


def _base(
    reckoning: "Reckoning[Any]", program: Program, rule: Earning, event: Event, period: Period
) -> tuple[Any, Decimal | None]:
    if rule.on == PERIOD_END:
        return metric_base(reckoning, program, rule.base_metric, period), None
    kind = TRIGGERS[rule.on].kind
    amount = getter(kind, rule.base)(event.fact, reckoning.world)
    if amount is None:
        return None, None
    if not money_attribute(kind, rule.base):
        return reckoning.arithmetic.leaf(event.fact, rule.base, amount, reckoning.world.currency, rule.base), None
    rate, _ = reckoning.world.exchange(event.fact.currency, event.day)
    base = reckoning.money(event.fact, amount, rule.base, rule.base, event.day)
    return base, (rate if rate != ONE else None)


def _share(reckoning: Reckoning[N], event: Event) -> N | None:
    """The partner's credited share of a deal, where it is not the whole."""
    if not isinstance(event.fact, Deal):
        return None
    share = reckoning.world.share(event.fact)
    return None if share == ONE else reckoning.arithmetic.leaf(event.fact, "credit", share, "1", "credited share")


def _fixed(
    reckoning: Reckoning[N], program: Program, key: str, rule: Earning, event: Event, tier: str
) -> EarningLine[N]:
    amount = reckoning.arithmetic.rule(
        rule.amount or ZERO, reckoning.world.currency, rule.says, origin(program, f"earning.{key}.amount")
    )
    rate = Rated(None, amount, (), "a fixed amount")
    factor = None
    if rule.factor:
        period = event.period or reckoning.period(event.day, program.statements)
        factor = multiplier(reckoning, program, key, rule.factor, period, tier)
    return _made(reckoning, program, key, rule, event, tier, (amount, None, rate, factor, None))


def _made(
    reckoning: Reckoning[N],
    program: Program,
    key: str,
    rule: Earning,
    event: Event,
    tier: str,
    parts: tuple[N, Decimal | None, Rated, N | None, N | None],
) -> EarningLine[N]:
    base, exchange, rate, factor, share = parts
    ar, currency, fact = reckoning.arithmetic, reckoning.world.currency, event.fact
    gross = [rate.gross] if rate.gross is not None else [base, rate.rate]
    chain = [cast(N, part) for part in (*gross, factor, share) if part is not None]
    product = ar.product(chain, currency, rule.says) if len(chain) > 1 else chain[0]
    computed = ar.round(product, program.rounding.decimals, program.rounding.mode)
    if ar.traced:
        computed = ar.because(computed, rate.because)
    return EarningLine(
        id=f"{key}:{fact.id}" if fact is not None else f"{key}:{event.period}",
        rule=rule_ref(program, f"earning.{key}", rule.reference),
        type=rule.type,
        says=rule.says,
        partner=reckoning.world.partner.id,
        event=event.day,
        process=event.day,
        period=reckoning.period(event.day, program.statements),
        base=base,
        rate=cast("N | None", rate.rate),
        factor=factor,
        share=share,
        computed=computed,
        effect=ar.rule(ZERO, currency, "no limit reached", origin(program, f"earning.{key}")),
        amount=computed,
        currency=currency,
        base_currency=getattr(fact, "currency", currency),
        exchange=exchange,
        because=rate.because,
        fact_kind=TRIGGERS[rule.on].kind if fact is not None else "",
        fact_id=fact.id if fact is not None else "",
        deal=_deal_of(rule, fact),
        contract=fact.id if rule.on.startswith("contract") else getattr(fact, "contract", None),
        customer=getattr(fact, "customer", None),
        product=getattr(fact, "product", None),
        tier=tier,
        steps=rate.steps,
    )


def _deal_of(rule: Earning, fact: Any) -> str | None:
    if fact is None:
        return None
    own: str | None = fact.id if TRIGGERS[rule.on].kind == "deal" else getattr(fact, "deal", None)
    return own
