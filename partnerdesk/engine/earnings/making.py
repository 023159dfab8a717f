"""A line from its parts: base x rate x factor x credited share, bounded, rounded once by the program's rounding."""

from typing import TYPE_CHECKING, Any

from partnerdesk.engine.earnings.bands import Rated
from partnerdesk.engine.earnings.factors import multiplier
from partnerdesk.engine.figures.figure import N, is_zero
from partnerdesk.engine.money import ONE, ZERO
from partnerdesk.engine.outcome import EarningLine, Workings, line_of
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.semantics import BOUNDS_FEES
from partnerdesk.engine.terms.earnings import EarningTerms, Event
from partnerdesk.engine.terms.triggers import LINES

if TYPE_CHECKING:
    from partnerdesk.engine.world.world import World


def share_of(reckoning: Reckoning[N], terms: EarningTerms, event: Event) -> N | None:
    """The partner's credited share of a deal, where it is not the whole."""
    if not terms.is_shared:
        return None
    share = (event.world or reckoning.world).share(event.fact)
    return None if share == ONE else reckoning.arithmetic.leaf(event.fact, "credit", share, "1", "credited share")


def made(
    reckoning: Reckoning[N],
    terms: EarningTerms,
    event: Event,
    tier: str,
    base: N,
    rate: Rated[N],
    workings: Workings[N] | None = None,
) -> EarningLine[N]:
    """The line with all its parts; of an increment `workings` holds the bases before and what they paid."""
    ar, rule = reckoning.arithmetic, terms.rule
    by, _, steps, because, fixed, on_metric = rate
    factor = multiplier(reckoning, terms, event, tier) if terms.factors else None
    share = None
    if terms.is_shared and workings is None and not _is_flat(rate):
        share = share_of(reckoning, terms, event)
    if workings is not None or terms.is_bounded or fixed is not None or on_metric:
        workings = (workings or Workings())._replace(fixed=fixed, on_metric=on_metric, least=rule.least, most=rule.most)
    product = _product(reckoning, terms, base, rate, factor, share, workings)
    computed = product if terms.rounds_later else ar.round(product, terms.decimals, terms.mode)
    computed = ar.of(event.fact, computed)
    if ar.traced:
        computed = ar.because(computed, because)
    id, fact, currency = f"{terms.name}:", "", reckoning.currency
    if event.fact is None:
        id, own = id + _when(event), currency
        exchange = deal = contract = customer = product_of = None
    else:
        fact = event.fact.id
        id += fact if event.world is None else fact + _whose(event.world, event.fact)
        own, exchange, deal, contract, customer, product_of = _linked(reckoning, terms, event, id)
    # fmt: off
    return line_of((
        id, terms.ref, rule.type, rule.says, reckoning.partner, event.day, event.day,
        event.statement, base, by, factor, share, computed, reckoning.nothing, computed, currency,
        own, exchange, because, terms.kind, fact, deal, contract, customer, product_of,
        tier, steps, "", terms.base_unit, workings,
    ))
    # fmt: on


def _when(event: Event) -> str:
    """What tells the line of an event without a fact from the rule's other lines."""
    named = f"{event.tier}:{event.day.isoformat()}" if event.tier else event.period.label
    return f"{named}:{event.ruled.isoformat()}" if event.ruled else named


def _product(
    reckoning: Reckoning[N],
    terms: EarningTerms,
    base: N,
    rate: Rated[N],
    factor: N | None,
    share: N | None,
    workings: Workings[N] | None,
) -> N:
    """What the parts come to before rounding."""
    product = rate.gross
    if product is None:
        product = base if workings is None else _whole_base(reckoning, base, workings)
    chain = [product]
    for part in (None if rate.gross is not None else rate.rate, factor, share):
        if part is not None:
            chain.append(part)
    if len(chain) > 1:
        product = reckoning.arithmetic.product(chain, reckoning.currency, terms.rule.says)
    return product if workings is None else _bounded(reckoning, terms, base, product, workings)


def _is_flat(rate: Rated[N]) -> bool:
    """Whether a fixed amount of a table stands in place of a rate."""
    return rate.fixed is not None and rate.fixed is rate.gross and not rate.steps


def _whole_base(reckoning: Reckoning[N], base: N, workings: Workings[N] | None) -> N:
    """The base with what stood before it, where the line pays an increment."""
    if workings is None or workings.before is None:
        return base
    return reckoning.arithmetic.sum([workings.before, base], reckoning.currency, "bases up to now")


def _bounded(reckoning: Reckoning[N], terms: EarningTerms, base: N, amount: N, workings: Workings[N]) -> N:
    """The amount less what earlier lines paid, at least and at most what the rule allows; mirrored below zero.

    What is taken off at a rate below zero is bounded by its size, as what is earned is.
    """
    ar, currency, rule, says = reckoning.arithmetic, reckoning.currency, terms.rule, terms.rule.says
    if workings.paid is not None:
        amount = ar.difference(amount, workings.paid, currency, f"{says}, less what earlier lines paid")
    is_below = (base if workings.paid is None else amount) < ZERO
    if reckoning.semantics >= BOUNDS_FEES and not is_zero(amount):
        is_below = amount < ZERO
    raise_, lower = (ar.least, ar.greatest) if is_below else (ar.greatest, ar.least)
    for bound, keep, words in ((rule.least, raise_, "at least"), (rule.most, lower, "at most")):
        if bound is not None:
            limit = ar.rule(-bound if is_below else bound, currency, words, terms.origin)
            amount = keep([amount, limit], currency, f"{says}, {words} {bound:,f}")
    return amount


def _whose(world: "World", fact: Any) -> str:
    """What tells an event of a partner below from the same of another: its id, where the fact is none of its branch's.

    Two of them may be credited on one deal, and the line of a period's end has one name for all.
    """
    if isinstance(fact, EarningLine):
        named = ((fact.fact_kind, fact.fact_id), ("deal", fact.deal), ("contract", fact.contract))
        own = next((row for kind, id in named if kind != LINES and id and (row := world.row(kind, id))), None)
    else:
        own = fact
    whose, seen = getattr(own, "partner", None), set[str]()
    while whose and whose != world.partner.id and whose not in seen:
        seen.add(whose)
        whose = getattr(world.row("partner", whose), "parent", None)
    return "" if whose == world.partner.id else f":{world.partner.id}"


def _linked(reckoning: Reckoning[N], terms: EarningTerms, event: Event, id: str) -> tuple[Any, ...]:
    """Currency and exchange rate of the fact that a line came from, and what it names."""
    fact, kind, currency = event.fact, terms.kind, reckoning.currency
    if kind == LINES:
        if terms.follows:
            reckoning.paid_on[id] = event
        return currency, None, fact.deal, fact.contract, fact.customer, fact.product
    exchange, own = None, getattr(fact, "currency", currency) if terms.base_is_money else currency
    if own != currency:
        exchange = reckoning.world.exchange(own, event.day, terms.exchange).rate
    deal = fact.id if kind == "deal" else getattr(fact, "deal", None)
    contract = fact.id if kind == "contract" else getattr(fact, "contract", None)
    customer = reckoning.world.customer_of(fact)
    return own, exchange, deal, contract, customer, getattr(fact, "product", None)
