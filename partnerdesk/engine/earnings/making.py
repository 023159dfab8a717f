"""A line from its parts: base x rate x factor x credited share, bounded, rounded once by the program's rounding."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from partnerdesk.engine.earnings.bands import Rated
from partnerdesk.engine.earnings.bounds import Given, bounded, given
from partnerdesk.engine.earnings.factors import multiplier
from partnerdesk.engine.earnings.shares import is_flat, share_of
from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.figures.reasons import amount_words, rule_amount
from partnerdesk.engine.figures.telling import value_words
from partnerdesk.engine.outcome import EarningLine, Workings, line_of
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.terms.earnings import EarningTerms, Event
from partnerdesk.engine.terms.triggers import LINES

if TYPE_CHECKING:
    from partnerdesk.engine.world.world import World


def made(
    reckoning: Reckoning[N],
    terms: EarningTerms,
    event: Event,
    tier: str,
    base: N,
    rate: Rated[N],
    workings: Workings[N] | None = None,
) -> EarningLine[N] | str:
    """The line, or why there is none; of an increment `workings` holds what stood before it. Raises MissingRate."""
    ar, rule = reckoning.arithmetic, terms.rule
    by, _, steps, _, fixed, on_metric = rate
    limits = given(reckoning, terms, event, tier) if terms.formulas else {}
    if isinstance(limits, str):
        return limits
    factor = multiplier(reckoning, terms, event, tier) if terms.factors else None
    share = share_of(reckoning, terms, event) if terms.is_shared and workings is None and not is_flat(rate) else None
    if workings is not None or terms.is_bounded or fixed is not None or on_metric:
        workings = (workings or Workings())._replace(fixed=fixed, on_metric=on_metric)
    product, because, workings = _amount(reckoning, terms, base, rate, (factor, share), workings, limits)
    computed = ar.of(event.fact, product if terms.rounds_later else ar.round(product, terms.decimals, terms.mode))
    if rule.nothing_below is not None and -rule.nothing_below < computed < rule.nothing_below:
        return _too_little(ar.value(computed), rule.nothing_below, reckoning.currency)
    if ar.traced:
        computed = ar.because(computed, _whole(reckoning, terms, rate, because))
    id, fact, currency = f"{terms.name}:", "", reckoning.currency
    if event.fact is None:
        id, own = id + _when(event), currency
        exchange = deal = contract = customer = product_of = None
    else:
        fact = event.fact.id
        id += fact if event.world is None else fact + _whose(event.world, event.fact)
        own, exchange, deal, contract, customer, product_of = _linked(reckoning, terms, event)
    # fmt: off
    return line_of((
        id, terms.ref, rule.type, rule.says, reckoning.partner, event.day, event.day,
        event.statement, base, by, factor, share, computed, reckoning.nothing, computed, currency,
        own, exchange, because, terms.kind, fact, deal, contract, customer, product_of,
        tier, steps, "", terms.base_unit, workings,
    ))
    # fmt: on


def _too_little(amount: Any, bound: Decimal, currency: str) -> str:
    """Why a line that is too small for its rule is none."""
    return f"it comes to {amount_words(amount, currency)}, and less than {rule_amount(bound, currency)} is not paid"


def _whole(reckoning: Reckoning[N], terms: EarningTerms, rate: Rated[N], because: str) -> str:
    """The reason of a line as a step tells it: with the rate that the line's own sentence goes on with."""
    if rate.rate is None or not because.endswith(" earn"):
        return because
    return f"{because} {value_words(reckoning.arithmetic.value(rate.rate), terms.rate_unit)}"


def _when(event: Event) -> str:
    """What tells the line of an event without a fact from the rule's other lines."""
    named = f"{event.tier}:{event.day.isoformat()}" if event.tier else event.period.label
    return f"{named}:{event.ruled.isoformat()}" if event.ruled else named


def _amount(
    reckoning: Reckoning[N],
    terms: EarningTerms,
    base: N,
    rate: Rated[N],
    parts: tuple[N | None, N | None],
    workings: Workings[N] | None,
    limits: Given[N],
) -> tuple[N, str, Workings[N] | None]:
    """What base, rate, factor and share come to inside their bounds, before rounding; why; the workings with them."""
    product = rate.gross
    if product is None:
        product = base if workings is None else _whole_base(reckoning, base, workings)
    chain = [product]
    for part in (None if rate.gross is not None else rate.rate, *parts):
        if part is not None:
            chain.append(part)
    if len(chain) > 1:
        product = reckoning.arithmetic.product(chain, reckoning.currency, terms.rule.says)
    elif rate.gross is not None:
        product = reckoning.arithmetic.labelled(product, terms.rule.says)  # else it were called slices, or amount
    if workings is None:
        return product, rate.because, None
    product, workings, which = bounded(reckoning, terms, base, product, workings, limits)
    return product, "; ".join(filter(None, (which, rate.because))), workings


def _whole_base(reckoning: Reckoning[N], base: N, workings: Workings[N] | None) -> N:
    """The base with what stood before it, where the line pays an increment."""
    if workings is None or workings.before is None:
        return base
    return reckoning.arithmetic.sum([workings.before, base], reckoning.currency, "bases up to now")


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


def _linked(reckoning: Reckoning[N], terms: EarningTerms, event: Event) -> tuple[Any, ...]:
    """Currency and exchange rate of the fact that a line came from, and what it names."""
    fact, kind, currency = event.fact, terms.kind, reckoning.currency
    if kind == LINES:
        return currency, None, fact.deal, fact.contract, fact.customer, fact.product
    exchange, own = None, getattr(fact, "currency", currency) if terms.base_is_money else currency
    if terms.currency_of is not None:
        own = terms.currency_of(fact, event.world or reckoning.world)
    if own != currency:
        exchange = reckoning.world.exchange(own, event.day, terms.exchange).rate
    deal = fact.id if kind == "deal" else getattr(fact, "deal", None)
    contract = fact.id if kind == "contract" else getattr(fact, "contract", None)
    customer = reckoning.world.customer_of(fact)
    return own, exchange, deal, contract, customer, getattr(fact, "product", None)
