"""What a base earns by a rate, a table, or bands; and what multiplies it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from partnerdesk.engine.rules import Bands, Factor, FactorEntry, RateEntry
from tests.second.judge.account import Account
from tests.second.judge.aggregates import own_share
from tests.second.judge.bands import Paid, by_band, by_metric, filling, marginal
from tests.second.judge.bases import amount_of
from tests.second.judge.days import ONE_DAY
from tests.second.judge.events import period_named
from tests.second.judge.filters import customer_of, passes
from tests.second.judge.line import Event, Line, Rule
from tests.second.judge.metrics import measure
from tests.second.judge.score import on_scale
from tests.second.judge.streams import age, named
from tests.second.judge.taken_over import taken_over
from tests.second.judge.typed import opens


@dataclass
class Running:
    """What earlier events left: bases of bands that go on, bases and payments of increments."""

    sums: dict[Any, Fraction] = field(default_factory=dict)

    def of(self, *name: Any) -> Fraction:
        return self.sums.get(name, Fraction(0))

    def add(self, amount: Fraction, *name: Any) -> None:
        self.sums[name] = self.of(*name) + amount


@dataclass
class Rating:
    """One event that is rated: whose, by which rule, at which tier, and what earlier ones left."""

    account: Account
    rule: Rule
    event: Event
    tier: str
    running: Running
    less: str | None = None  # the tier whose rate is taken off

    def measured(self, metric: str) -> Fraction | None:
        return measure(self.rule.case, metric, self.event.asked)


def rated_above(asked: Rating, base: Fraction) -> Paid | None:
    """What a base earns, less what it would at the tier of the partner below; None where that is not less."""
    own = rated(asked, base)
    if asked.less is None or own is None:
        return own
    theirs = rated(replace(asked, tier=asked.less), base)
    if theirs is None:
        return own
    more = own.amount - theirs.amount
    return Paid(more) if (more > 0 if base > 0 else more < 0) else None


def rated(asked: Rating, base: Fraction) -> Paid | None:
    """What a base earns before multipliers; None where no rate applies."""
    rate = asked.rule.earning.rate
    assert rate
    if rate.bands:
        return _banded(asked, rate.bands, 0, base)
    fitting = [(n, entry) for n, entry in enumerate(rate.entries, 1) if _fits(asked, entry)]
    if not fitting:
        return None if rate.otherwise is None else Paid(base * Fraction(rate.otherwise))
    number, entry = _winner(asked, rate.resolve, fitting, base)
    return _of_entry(asked, entry, number, base)


def _winner(
    asked: Rating, resolve: str, fitting: Sequence[tuple[int, RateEntry]], base: Fraction
) -> tuple[int, RateEntry]:
    """The entry that counts of those that fit; of equals the first."""
    if resolve == "first":
        return fitting[0]
    if resolve == "greatest":
        return max(fitting, key=lambda placed: _would_pay(asked, placed[1], placed[0], abs(base)))
    return max(fitting, key=lambda placed: (conditions(placed[1]), placed[1].from_months))


def _would_pay(asked: Rating, entry: RateEntry, number: int, size: Fraction) -> Fraction:
    """What an entry would pay; that is a trial, of which nothing is noted."""
    trial = Running(dict(asked.running.sums))
    found = _of_entry(Rating(asked.account, asked.rule, asked.event, asked.tier, trial), entry, number, size)
    return found.amount if found else Fraction(0)


def conditions(entry: RateEntry | FactorEntry) -> int:
    return len(entry.where) + bool(entry.tier) + (entry.when is not None)


def _fits(asked: Rating, entry: RateEntry | FactorEntry) -> bool:
    event, account = asked.event, asked.account
    if entry.tier and asked.tier not in entry.tier:
        return False
    if isinstance(entry, RateEntry) and entry.from_months and age(asked.rule, event) < entry.from_months:
        return False
    if event.kind and not passes(event.case, event.kind, event.fact, entry.where):
        return False
    return account.meets(asked.rule.version, entry.when, event.asked)


def _of_entry(asked: Rating, entry: RateEntry, number: int, base: Fraction) -> Paid | None:
    if entry.bands:
        return _banded(asked, entry.bands, number, base)
    if entry.amount is not None:
        return Paid(Fraction(entry.amount) * (1 if base >= 0 else -1), is_fixed=True)
    assert entry.rate is not None
    return Paid(base * Fraction(entry.rate))


def _banded(asked: Rating, bands: Bands, number: int, base: Fraction) -> Paid | None:
    """What bands give; those of a table's entries, counted from 1, go on by themselves. Raises NoRate."""
    if bands.floors_times:
        number = amount_of(asked.rule, asked.event, bands.floors_times)
        if number is None:
            return None
        bands = _measured(bands, max(number, Fraction(0)))
    if bands.by:
        value = asked.measured(bands.by)
        if value is None:
            return None
        return by_metric(bands, base, value) if bands.how == "marginal" else by_band(bands, base, value)
    if bands.how != "marginal":
        return by_band(bands, base, abs(base))
    if bands.floors_of not in ("bases", "paid"):
        return _counted(asked, bands, number, base)
    if not bands.over:
        return marginal(bands, base, Fraction(0))
    if bands.floors_of == "paid":
        paid = asked.running.of(*_paid_by(asked.account, asked.rule.name, asked.event, bands))
        paid += _former(asked.account, asked.rule.name, asked.event, bands)
        paid += sum((_by_another(asked, name, bands) for name in bands.paid_with), Fraction(0))
        return filling(bands, base, paid, multiplied(asked) * share_of(asked))
    event, own = asked.event, _owner(asked.event, bands.each)
    series = asked.rule.name, number, own, period_named(asked.account.case, event.day, bands.over, own)
    before = asked.running.of(*series)
    asked.running.add(base, *series)
    return marginal(bands, base, before)


def _measured(bands: Bands, by: Fraction) -> Bands:
    """The bands with every floor times a number."""
    steps = tuple(replace(step, floor=Fraction(step.floor) * by) for step in bands.steps)
    return replace(bands, steps=steps, excess_over=Fraction(bands.excess_over) * by)


def _counted(asked: Rating, bands: Bands, number: int, base: Fraction) -> Paid | None:
    """What a base earns at the mean rate of what it counts for, on top of what earlier events counted for."""
    event, before = asked.event, Fraction(0)
    found = 1 if bands.floors_of == "events" else amount_of(asked.rule, event, bands.floors_of)
    if not found:
        return None
    size = abs(Fraction(found)) * (1 if base > 0 else -1) if (found > 0) != (base > 0) else Fraction(found)
    if bands.over:
        own = _owner(event, bands.each)
        series = "counted", asked.rule.name, number, own, period_named(asked.account.case, event.day, bands.over, own)
        before = asked.running.of(*series)
        asked.running.add(size, *series)
    return Paid(base * marginal(bands, size, before).amount / size)


def _by_another(asked: Rating, earning: str, bands: Bands) -> Fraction:
    """What another earning paid on earlier days, of the same period and owner as an event."""
    account, event = asked.account, asked.event
    owner = _owner(event, bands.each)
    unit = period_named(account.case, event.day, bands.over, owner)
    found = Fraction(0)
    for line in account.earned.of(earning, event.day - ONE_DAY):
        own = None if bands.each == "partner" else getattr(line, bands.each)
        is_same = own == owner and period_named(account.case, line.event, bands.over, owner) == unit
        found += line.amount if is_same and not _is_taken_over(account, line) else 0
    return found + _former(account, earning, event, bands, event.day - ONE_DAY)


def note_paid(account: Account, line: Line, event: Event, running: Running) -> None:
    """Adds what a line pays to the sums by which bands of its earning go on, under whichever version."""
    rates = [version.earning[line.earning].rate for version in account.case.versions if line.earning in version.earning]
    asking = [bands for rate in rates if rate for bands in (rate.bands, *(entry.bands for entry in rate.entries))]
    series = {_paid_by(account, line.earning, event, bands) for bands in asking if bands and bands.floors_of == "paid"}
    for named_so in series if not _is_taken_over(account, line) else ():
        running.add(line.amount, *named_so)


def _is_taken_over(account: Account, line: Line) -> bool:
    """Whether what was taken over stands in a line's place."""
    former = {one.line.earning for one in taken_over(account) if one.is_open}
    return line.earning in former and line.event < opens(account)


def _former(account: Account, earning: str, event: Event, bands: Bands, last: date = date.max) -> Fraction:
    """What a partner taken over had earned before, up to a day, of the same period and owner as an event."""
    owner = _owner(event, bands.each)
    unit = period_named(account.case, event.day, bands.over, owner)
    found = Fraction(0)
    former = (one.line for one in taken_over(account) if one.line.earning == earning)
    for line in (line for line in former if line.event <= last):
        own = customer_of(account.case, line) if bands.each == "customer" else getattr(line, bands.each, None)
        if own == owner and period_named(account.case, line.event, bands.over, owner) == unit:
            found += line.amount
    return found


def _paid_by(account: Account, earning: str, event: Event, bands: Bands) -> tuple[Any, ...]:
    own = _owner(event, bands.each)
    return "paid by", earning, bands.each, own, period_named(account.case, event.day, bands.over, own)


def _owner(event: Event, each: str) -> Any:
    """What keeps a running sum apart; events without such a thing are together."""
    if each == "partner" or event.fact is None:
        return None
    return customer_of(event.case, event.fact) if each == "customer" else named(event.fact, event.kind, each)


def share_of(asked: Rating) -> Fraction:
    """The credited share of a deal, where the rule pays by it."""
    event, earning = asked.event, asked.rule.earning
    return own_share(event.case, event.fact) if event.kind == "deal" and earning.credit == "share" else Fraction(1)


def multiplied(asked: Rating) -> Fraction:
    """All multipliers of a rule together."""
    found = Fraction(1)
    for factor in asked.rule.earning.factor:
        found *= _factor(asked, factor)
    return found


def _factor(asked: Rating, factor: Factor) -> Fraction:
    if asked.tier in factor.by_tier:
        return Fraction(factor.by_tier[asked.tier])
    if factor.metric:
        value = asked.measured(factor.metric)
        if value is None:
            return Fraction(1)
        return on_scale(factor.scale, value) if factor.scale else value
    if factor.days:
        return _share_of_days(asked, factor.days, factor.days_of)
    fitting = [entry for entry in factor.entries if _fits(asked, entry)]
    return Fraction(max(fitting, key=conditions).factor) if fitting else Fraction(1)


def _share_of_days(asked: Rating, unit: str, of: str) -> Fraction:
    """The days of the event's period on which the version is in force, the partner in the program, or both, over those
    of the unit that holds it."""
    account, version, span = asked.account, asked.rule.version, asked.event.asked
    firsts, lasts, partner = [span.start], [span.end], account.case.partner
    if of in ("version", "both"):
        later = account.case.versions[account.case.versions.index(version) + 1 :]
        firsts.append(account.begins(version))
        lasts += [account.begins(other) - ONE_DAY for other in later]
    if of in ("partner", "both"):
        firsts += [partner.joined] if partner.joined else []
        lasts += [partner.left] if partner.left else []
    days = (min(lasts) - max(firsts) + ONE_DAY) // timedelta(days=1)
    whole = account.case.span(asked.event.day, unit)
    return Fraction(max(days, 0), (whole.end - whole.start).days + 1)
