"""The rate of one event: a number, by tier, by age, or the entry of a table that wins."""

from decimal import Decimal

from partnerdesk.engine.earnings.bands import Rated, Running, banded, marginal
from partnerdesk.engine.earnings.bases import attribute_of
from partnerdesk.engine.earnings.counting import counting
from partnerdesk.engine.earnings.filling import filling
from partnerdesk.engine.earnings.streams import age
from partnerdesk.engine.figures.figure import N, Option, winner
from partnerdesk.engine.figures.reasons import amount_words, percent_words, rule_amount
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.semantics import SAYS_CONDITIONS, SAYS_PLAINLY
from partnerdesk.engine.terms.earnings import EarningTerms, Event
from partnerdesk.engine.terms.tables import AGED, BandTerms, EntryTerms
from partnerdesk.engine.terms.triggers import LINES
from partnerdesk.engine.tiers.needs import met
from partnerdesk.engine.tiers.unmet import unmet_words
from partnerdesk.engine.world.where import money_attribute
from partnerdesk.engine.world.where_words import failing, plain, spoken


def rated(
    reckoning: Reckoning[N], terms: EarningTerms, event: Event, tier: str, base: N, running: Running[N]
) -> Rated[N] | str:
    """The rate of an event, or why no rate applies to it."""
    ar = reckoning.arithmetic
    if terms.bands is not None:
        if terms.bands.is_plain:
            return marginal(reckoning, terms, terms.bands, base, None)
        return _of_bands(reckoning, terms, terms.bands, event, tier, base, running)
    if terms.flat is not None:
        return Rated(ar.rule(terms.flat, terms.rate_unit, "rate", terms.rate_origin), None, (), "")
    if tier in terms.rates:
        return Rated(
            ar.choice(terms.rates, tier, terms.rate_unit, "rate", terms.rate_origin), None, (), f"{tier} partners earn"
        )
    months = age(reckoning, terms, event) if terms.has_ages else 0
    if terms.ages and months >= terms.ages[0][0]:
        return _by_age(reckoning, terms, months)
    return _of_table(reckoning, terms, event, tier, months, base, running)


def _of_bands(
    reckoning: Reckoning[N],
    terms: EarningTerms,
    bands: BandTerms,
    event: Event,
    tier: str,
    base: N,
    running: Running[N],
    is_noted: bool = True,
) -> Rated[N] | str:
    """What bands give, whatever their floors count; `is_noted` unless it is only a trial."""
    if bands.measure is not None:
        measured = _measured(reckoning, terms, bands, event)
        if isinstance(measured, str):
            return measured
        more, why = measured
        found = _of_bands(reckoning, terms, more, event, tier, base, running, is_noted)
        return found if isinstance(found, str) else found._replace(because=f"{found.because}, {why}")
    if bands.fills:
        return filling(reckoning, terms, bands, event, tier, base, running)
    if bands.counts:
        return counting(reckoning, terms, bands, event, base, running if is_noted else dict(running))
    return banded(reckoning, terms, bands, event, base, running, is_noted)


def _measured(
    reckoning: Reckoning[N], terms: EarningTerms, bands: BandTerms, event: Event
) -> tuple[BandTerms, str] | str:
    """The bands with their floors times a number of the event, and how; or why it has none. Raises MissingRate."""
    name, is_money = bands.bands.floors_times, money_attribute(terms.kind, bands.bands.floors_times)
    if terms.kind == LINES:
        is_money = money_attribute(*name.split(".", 1))
        number = _of_what_a_line_is_of(reckoning, terms, bands, event, is_money)
    else:
        number = attribute_of(reckoning, terms, event, name, bands.measure, is_money)
    if isinstance(number, str):
        return number
    value = reckoning.arithmetic.value(number)
    found = bands.times(value)
    return (
        found,
        f"floors times its {spoken(name)} of {amount_words(value, reckoning.currency) if is_money else plain(value)}",
    )


def _of_what_a_line_is_of(
    reckoning: Reckoning[N], terms: EarningTerms, bands: BandTerms, event: Event, is_money: bool
) -> N | str:
    """A number of the contract, deal, customer or product of a line that is paid on, or why it has none."""
    assert bands.measure is not None
    world, name = event.world or reckoning.world, bands.bands.floors_times
    kind, _, attribute = name.partition(".")
    amount = bands.measure(event.fact, world)
    if amount is None:
        return f"its {spoken(name)} is not known"
    row = world.index.row(kind, getattr(event.fact, kind))
    if is_money:
        return reckoning.money(terms.exchange, row, Decimal(amount), attribute, spoken(name), event.day)
    return reckoning.arithmetic.leaf(row, attribute, Decimal(amount), spoken(name), spoken(name))


def _by_age(reckoning: Reckoning[N], terms: EarningTerms, months: int) -> Rated[N]:
    ar, subject = reckoning.arithmetic, AGED[terms.age_of]
    steps = [(Decimal(floor), rate) for floor, rate in terms.ages]
    aged = ar.given(Decimal(months), "months", f"age of the {subject}", terms.rate_origin)
    why = f"the {subject} is in month {months + 1}"
    return Rated(ar.step(aged, steps, terms.rate_unit, "rate", terms.rate_origin), None, (), why)


def _of_table(
    reckoning: Reckoning[N], terms: EarningTerms, event: Event, tier: str, months: int, base: N, running: Running[N]
) -> Rated[N] | str:
    """The entry that wins, with what was weighed; else what the rule gives otherwise."""
    ar = reckoning.arithmetic
    options = [_option(reckoning, terms, entry, event, (tier, months), base, running) for entry in terms.entries]
    place = winner(options, terms.resolve)
    if place is None:
        if terms.otherwise is None:
            return "no rate of the table applies"
        rate = ar.rule(terms.otherwise, terms.rate_unit, "rate", terms.rate_origin)
        return Rated(rate, None, (), _none_fits(terms, reckoning.semantics))
    entry = terms.entries[place]
    because = _because(terms, entry, reckoning.semantics)
    if entry.bands is not None:
        found = _of_bands(reckoning, terms, entry.bands, event, tier, base, running)
        return found if isinstance(found, str) else found._replace(because=because or found.because)
    unit, called = (terms.rate_unit, "rate") if entry.rule.amount is None else (reckoning.currency, "amount")
    chosen = ar.entry(options, terms.resolve, unit, called, terms.rate_origin)
    if ar.traced:
        chosen = ar.because(chosen, _weighed(options, terms.resolve))
    if entry.rule.amount is None:
        return Rated(chosen, None, (), because)
    fixed = chosen if base >= ZERO else ar.negative(chosen, "taken back")
    return Rated(None, fixed, (), because or fixed_words(reckoning), fixed)


def _option(
    reckoning: Reckoning[N],
    terms: EarningTerms,
    entry: EntryTerms,
    event: Event,
    at: tuple[str, int],
    base: N,
    running: Running[N],
) -> Option:
    """An entry as it stands for an event; in figures mode with its words, and what it asked in vain."""
    rule, world, ar, (tier, months) = entry.rule, event.world or reckoning.world, reckoning.arithmetic, at
    fits = (
        (not rule.tier or tier in rule.tier)
        and months >= rule.from_months
        and (entry.passes is None or entry.passes(event.fact, world))
        and (rule.when is None or met(reckoning, terms.version, rule.when, event.period))
    )
    value = rule.rate if rule.rate is not None else rule.amount or ZERO
    pays, says = ZERO, ""
    if fits and terms.resolve == "greatest":
        pays = _pays(reckoning, terms, entry, event, tier, base, running)
    if ar.traced:
        says = f"{entry.words}: {_gives(reckoning, terms, entry)}"
        if not fits:
            says = f"{says}, but {_misses(terms, entry, event, tier, months, reckoning)}"
    return Option(value, fits, entry.conditions, rule.from_months, pays, says)


def _pays(
    reckoning: Reckoning[N],
    terms: EarningTerms,
    entry: EntryTerms,
    event: Event,
    tier: str,
    base: N,
    running: Running[N],
) -> Decimal:
    """What an entry would pay on a base of this size."""
    ar, rule = reckoning.arithmetic, entry.rule
    if rule.amount is not None:
        return rule.amount
    size = base if base >= ZERO else ar.negative(base, "its size")
    if rule.rate is not None:
        return rule.rate * ar.value(size)
    assert entry.bands
    found = _of_bands(reckoning, terms, entry.bands, event, tier, size, running, is_noted=False)
    if isinstance(found, str):
        return ZERO
    if found.gross is not None:
        return ar.value(found.gross)
    return ar.value(size) * ar.value(found.rate) if found.rate is not None else ZERO


def _gives(reckoning: Reckoning[N], terms: EarningTerms, entry: EntryTerms) -> str:
    """What an entry gives: a share of money, or an amount for each one of what is counted."""
    rule = entry.rule
    if rule.rate is not None:
        is_share = terms.rate_unit == "%"
        return percent_words(rule.rate) if is_share else rule_amount(rule.rate, reckoning.currency)
    return "bands" if rule.amount is None else rule_amount(rule.amount, reckoning.currency)


def _misses(
    terms: EarningTerms, entry: EntryTerms, event: Event, tier: str, months: int, reckoning: Reckoning[N]
) -> str:
    """The first condition of an entry that an event does not meet."""
    rule = entry.rule
    if rule.tier and tier not in rule.tier:
        return f"the tier is {tier or 'none'}"
    if months < rule.from_months:
        return f"it is {months} month{'' if months == 1 else 's'} old"
    world = event.world or reckoning.world
    if entry.passes is not None and not entry.passes(event.fact, world):
        return failing(terms.kind, rule.where, event.fact, world)
    if rule.when is not None and rule.when.partner:
        return failing("partner", rule.when.partner, reckoning.world.partner, reckoning.world)
    return unmet_words(reckoning, terms.version, rule.when, event.period) if rule.when is not None else ""


def _weighed(options: list[Option], resolve: str) -> str:
    """How the entry that counts was chosen from a table; each entry says itself what it gives, and what it misses."""
    fit = sum(option.fits for option in options)
    if len(options) == 1:
        return ""
    if fit == 1:
        return "the only entry that fits"
    how = {"first": "the first", "greatest": "the one that pays most"}.get(resolve, "the most specific")
    return f"{how} of {fit} entries that fit"


def _none_fits(terms: EarningTerms, semantics: int) -> str:
    """Why the rate of `otherwise` counts; a table of one entry says what does not hold."""
    if semantics >= SAYS_CONDITIONS and len(terms.entries) == 1:
        (entry,) = terms.entries
        return f"this does not hold: {entry.reason if semantics >= SAYS_PLAINLY else entry.words}"
    return "no entry of the table applies"


def fixed_words(reckoning: Reckoning[N]) -> str:
    """Why a line has its amount that no base and no rate made."""
    return "it is a fixed amount" if reckoning.semantics >= SAYS_PLAINLY else "a fixed amount"


def _because(terms: EarningTerms, entry: EntryTerms, semantics: int) -> str:
    """Why the entry counts, in the sentence that a partner reads; the only entry of a table says it where there is
    another rate beside it.
    """
    rule = entry.rule
    if rule.says:
        return rule.says
    if rule.tier and not rule.where and not rule.from_months:
        # In whose words the rate follows: "Gold partners earn 12 %".
        return (
            f"{' or '.join(rule.tier)} partners earn" if rule.rate is not None else f"{rule.tier[0]} partners earn it"
        )
    if len(terms.entries) > 1:
        return entry.reason if semantics >= SAYS_PLAINLY else f"the entry for {entry.words} applies"
    if semantics < SAYS_CONDITIONS or terms.otherwise is None:
        return ""
    return entry.reason if semantics >= SAYS_PLAINLY else entry.words
