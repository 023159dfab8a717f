"""Rates by size: each slice at its own rate, the whole at one, or only what lies above; fixed amounts beside them."""

from decimal import Decimal
from typing import Any, Generic, NamedTuple

from partnerdesk.engine.figures.called import called
from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.figures.numbers import newly_entered
from partnerdesk.engine.figures.reasons import amount_words, base_words, exact_words, percent_words, rule_amount
from partnerdesk.engine.figures.telling import value_words
from partnerdesk.engine.metrics.metrics import measured
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.semantics import COUNTS_WHOLE_ONES, NAMES_BANDS, SAYS_PLAINLY
from partnerdesk.engine.terms.earnings import EarningTerms, Event
from partnerdesk.engine.terms.metrics import MetricTerms
from partnerdesk.engine.terms.tables import BandTerms

BY_SLICES = "each slice earns its own rate"
Slices = tuple[tuple[Decimal, Decimal], ...]
# What earlier events of a period left: bases before, and what was paid; by what names the sum.
Running = dict[object, N]


class Rated(NamedTuple, Generic[N]):
    """The way to a gross amount: a rate of the base, or the amount itself where slices or fixed amounts make it.

    `fixed` is the part of it that no rate gives; `on_metric` says that the slices cut a metric, not the base.
    """

    rate: N | None
    gross: N | None
    steps: Slices
    because: str
    fixed: N | None = None
    on_metric: bool = False


def banded(
    reckoning: Reckoning[N],
    terms: EarningTerms,
    bands: BandTerms,
    event: Event,
    base: N,
    running: Running[N],
    is_noted: bool = True,
) -> Rated[N] | str:
    """What bands give for a base, or why they give nothing; `is_noted` unless it is only a trial."""
    if bands.is_plain:
        return marginal(reckoning, terms, bands, base, None)
    if bands.how == "marginal" and bands.by is None:
        running = running if is_noted else dict(running)
        before = gone_before(reckoning, terms, bands, event, base, running, reckoning.currency)
        return marginal(reckoning, terms, bands, base, before)
    ar = reckoning.arithmetic
    if bands.by is not None:
        found = measured(reckoning, bands.by, event.period)
        if found.value is None:
            return f"{bands.by.metric.says} is not evaluated: {found.missing}"
        size, why = found.value, _picked(reckoning, bands.by)
    else:
        # An amount below zero takes back what an amount of its size earned.
        size = base if base >= ZERO else ar.negative(base, "its size")
        why = "the whole amount earns the rate of the band it reaches"
    if bands.is_below(ar.value(size)):
        return _below(reckoning, terms, bands, size)
    if bands.how == "marginal":
        return _by_metric(reckoning, terms, bands, base, size)
    if bands.how == "step on excess":
        return _on_excess(reckoning, terms, bands, base, size)
    rate = (
        ar.step(size, bands.steps, terms.rate_unit, "rate", terms.rate_origin, bands.edge) if bands.has_rates else None
    )
    return _with_fixed(reckoning, terms, bands, base, size, Rated(rate, None, (), why))


def _below(reckoning: Reckoning[N], terms: EarningTerms, bands: BandTerms, size: N) -> str:
    """That no band is reached: where the first one begins, and how large a metric is that picks it."""
    unit = bands.by.unit if bands.by else terms.base_unit or reckoning.currency
    begins = f"{'above' if bands.edge == 'above' else 'from'} {_floor(bands.first, unit, reckoning.currency)} on"
    begins = begins.removesuffix(" on") if bands.edge == "above" else begins
    value = reckoning.arithmetic.value(size)
    if bands.by is None or not isinstance(value, Decimal):
        return f"it is below the first band, {begins}"
    return f"{called(bands.by.metric.says)} is {value_words(value, unit)}, below the first band, {begins}"


def _picked(reckoning: Reckoning[N], by: MetricTerms) -> str:
    """Why a band counts that a metric picks."""
    if reckoning.semantics < SAYS_PLAINLY:
        return f"{by.metric.says} picks the band"
    return f"the band is picked by {called(by.metric.says)}"


def gone_before(
    reckoning: Reckoning[N],
    terms: EarningTerms,
    bands: BandTerms,
    event: Event,
    size: N,
    running: Running[N],
    unit: str,
) -> N | None:
    """The bases, or numbers, of earlier events through which the bands go on; notes this one for the next."""
    if not bands.over:
        return None
    owner = owner_of(reckoning, terms, event, bands.each)
    scope = bands.name, owner, reckoning.label(event.day, bands.over, owner)
    before = running.get(scope)
    parts = [size] if before is None else [before, size]
    label = f"{(bands.counts and unit) or 'bases'} before"
    running[scope] = reckoning.arithmetic.sum(parts, unit, label)
    return before


def marginal(reckoning: Reckoning[N], terms: EarningTerms, bands: BandTerms, base: N, before: N | None) -> Rated[N]:
    """The base cut into slices, on top of the bases of earlier events where the bands go on."""
    ar, currency, why = reckoning.arithmetic, reckoning.currency, BY_SLICES
    if before is not None:
        why += f", after {_size_words(reckoning, terms, ar.value(before))} {bands.through}"
    cut = ar.cut(base, before, bands.steps)
    if not bands.amounts:
        return Rated(None, ar.slices(base, before, bands.steps, cut, currency, "slices", terms.rate_origin), cut, why)
    fixed = ar.entered(base, before, bands.amounts, bands.edge, currency, "amounts of bands entered", terms.rate_origin)
    named = _entered(reckoning, bands, base, before, terms.base_unit or currency)
    if not bands.has_rates:
        return Rated(None, fixed, (), f"every band entered pays its amount{named and f': {named}'}", fixed)
    gross = ar.slices(base, before, bands.steps, cut, currency, "slices", terms.rate_origin)
    why += named and f", and every band entered its amount: {named}"
    return Rated(None, ar.sum([gross, fixed], currency, "slices and amounts of bands entered"), cut, why, fixed)


def _size_words(reckoning: Reckoning[Any], terms: EarningTerms, size: Any) -> str:
    """So much of a base in words; a statement that was closed before keeps two decimals behind what is counted."""
    unit, currency = terms.base_unit or reckoning.currency, reckoning.currency
    if reckoning.semantics < COUNTS_WHOLE_ONES:
        return amount_words(size, unit)
    return base_words(size, unit, currency)


def _by_metric(reckoning: Reckoning[N], terms: EarningTerms, bands: BandTerms, base: N, size: N) -> Rated[N]:
    """A metric's value cut into slices: the base is paid by the sum of slices x rates."""
    ar, currency, assured = reckoning.arithmetic, reckoning.currency, bands.by
    assert assured
    cut = ar.cut(size, None, bands.steps)
    share = ar.slices(size, None, bands.steps, cut, "1", f"slices of {assured.metric.says}", terms.rate_origin)
    gross = ar.product([base, share], currency, "base by slices")
    says = assured.metric.says if reckoning.semantics < SAYS_PLAINLY else called(assured.metric.says)
    why = f"each slice of {says} pays its own rate of the base"
    if not bands.amounts:
        return Rated(None, gross, cut, why, None, True)
    fixed = _mirrored(reckoning, terms, bands, base, size, True)
    named = _entered(reckoning, bands, size, None, assured.unit)
    why += named and f", and every band entered {'pays' if base >= ZERO else 'takes back'} its amount: {named}"
    return Rated(None, ar.sum([gross, fixed], currency, "slices and amounts"), cut, why, fixed, True)


def _entered(reckoning: Reckoning[N], bands: BandTerms, size: N, before: N | None, unit: str) -> str:
    """The amounts of the bands that a size enters, or leaves, each with its floor: they add up to what is paid.

    Empty where sizes differ from future to future, and in statements that were closed before bands were named.
    """
    ar, currency = reckoning.arithmetic, reckoning.currency
    more, start = ar.value(size), ZERO if before is None else ar.value(before)
    is_one = isinstance(more, Decimal) and isinstance(start, Decimal)
    if reckoning.semantics < NAMES_BANDS or not is_one:
        return ""
    paid = [(floor, newly_entered(more, start, [(floor, amount)], bands.edge)) for floor, amount in bands.amounts]
    said = [
        f"{rule_amount(amount, currency)} from {_floor(floor, unit, currency)} on" for floor, amount in paid if amount
    ]
    return " and ".join(filter(None, (", ".join(said[:-1]), *said[-1:]))) or "none is entered here"


def _floor(floor: Decimal, unit: str, currency: str) -> str:
    """A floor as its rule has it: an amount, a share, or so many of a unit."""
    if unit == currency:
        return rule_amount(floor, currency)
    if unit == "%":
        return percent_words(floor)
    return exact_words(floor) if unit in ("", "1") else f"{exact_words(floor)} {unit}"


def _on_excess(reckoning: Reckoning[N], terms: EarningTerms, bands: BandTerms, base: N, size: N) -> Rated[N]:
    """What lies above the bound at the rate of the band reached, the rest at the first band's."""
    ar, currency, where = reckoning.arithmetic, reckoning.currency, terms.rate_origin
    cut = bands.excess.slices(ar.value(base), ar.value(size))
    gross = ar.excess(base, size, bands.excess, currency, "slices", where)
    above = _size_words(reckoning, terms, bands.excess.above)
    why = f"what lies above {above} earns the rate of the band that is reached"
    return _with_fixed(reckoning, terms, bands, base, size, Rated(None, gross, cut, why))


def _with_fixed(
    reckoning: Reckoning[N], terms: EarningTerms, bands: BandTerms, base: N, size: N, rated: Rated[N]
) -> Rated[N]:
    """What the rate gives, and the fixed amount of the band that is reached."""
    if not bands.amounts:
        return rated
    ar, currency = reckoning.arithmetic, reckoning.currency
    fixed = _mirrored(reckoning, terms, bands, base, size, False)
    if not bands.has_rates:
        return Rated(None, fixed, (), "the band that is reached pays its amount", fixed)
    gross = rated.gross
    if gross is None:
        assert rated.rate is not None
        gross = ar.product([base, rated.rate], currency, "base x rate")
    return rated._replace(gross=ar.sum([gross, fixed], currency, "rate and amount of the band"), fixed=fixed)


def _mirrored(reckoning: Reckoning[N], terms: EarningTerms, bands: BandTerms, base: N, size: N, is_all: bool) -> N:
    """The fixed amount of the band that is reached, or of all bands entered; taken back by a base below zero."""
    ar, currency, where = reckoning.arithmetic, reckoning.currency, terms.rate_origin
    if is_all:
        fixed = ar.entered(size, None, bands.amounts, bands.edge, currency, "amounts of bands entered", where)
    else:
        fixed = ar.step(size, bands.amounts, currency, "amount of the band", where, bands.edge)
    return fixed if base >= ZERO else ar.negative(fixed, "taken back")


def owner_of(reckoning: Reckoning[N], terms: EarningTerms, event: Event, each: str) -> object:
    """What keeps a running sum apart: the partner, or the event's customer, contract, deal or product."""
    fact = event.fact
    if each == "partner" or fact is None:
        return None
    if each == "customer":
        return (event.world or reckoning.world).customer_of(fact)
    return fact.id if terms.kind == each else getattr(fact, each, None)
