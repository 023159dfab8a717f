"""The forecasts of many partners as one range: future by future, and never across currencies.

The tenth worst of a hundred futures of one partner is not that of another, so ranges are not added. What is added is
the same future of every partner: a deal that two partners share goes one way in it for both. `shared` does a share of
the partners, wherever that runs; `together` makes one forecast of all shares.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from math import sqrt

from partnerdesk.engine.money import ZERO, decimals, rounded
from partnerdesk.engine.period import Period
from partnerdesk.engine.rules import Program
from partnerdesk.engine.settling.ledger import Posted
from partnerdesk.forecast.counting import Days, columns, within
from partnerdesk.forecast.learned import Learned
from partnerdesk.forecast.making import Drawn, drawn
from partnerdesk.forecast.prepared import Asked
from partnerdesk.forecast.ranges import Forecast, Pipeline, Range, Stretch, range_of

Step = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Share:
    """Some partners of one currency: their forecasts, and what their futures bring together.

    `periods` are the months, the quarters and the whole way; `earned` and `payable` have for each of them the sums by
    future. `wholes` has what each partner earns on the whole way by future, to rank them by; no amount is made of it.
    """

    currency: str
    forecasts: tuple[Forecast, ...]
    periods: tuple[Period, ...]
    earned: tuple[tuple[Decimal, ...], ...]
    payable: tuple[tuple[Decimal, ...], ...]
    wholes: tuple["array[float]", ...]


@dataclass(frozen=True, slots=True)
class Mover:
    """A partner in the whole: what it may earn, and its part of the spread of the whole.

    The parts of all partners add up to the spread: the covariance with the whole over the standard deviation of it.
    """

    partner: str
    forecast: Forecast
    moves: Decimal


@dataclass(frozen=True, slots=True)
class Whole:
    """All partners of one currency. `tiers` has how many partners end in each tier on average, of those projected."""

    currency: str
    months: tuple[Stretch, ...]
    quarters: tuple[Stretch, ...]
    whole: Stretch
    committed: Decimal
    possible: Decimal
    clawback: Decimal
    pipeline: Pipeline
    spread: Decimal
    movers: tuple[Mover, ...]
    tiers: tuple[tuple[str, Decimal], ...]

    @property
    def partners(self) -> tuple[str, ...]:
        """The partners in it, by id."""
        return tuple(sorted(one.partner for one in self.movers))


@dataclass(frozen=True, slots=True)
class BookForecast:
    """What may come of a whole book up to the horizon, the largest currency first. An estimate, not a promise."""

    as_of: date
    horizon: date
    seed: int
    scenarios: int
    version: str
    wholes: tuple[Whole, ...]
    not_included: tuple[str, ...]

    @property
    def forecasts(self) -> tuple[Forecast, ...]:
        """The forecasts of all partners, by id."""
        return tuple(sorted((m.forecast for w in self.wholes for m in w.movers), key=lambda f: f.partner))


@dataclass(slots=True)
class _Sums:
    """The futures of some partners, added up as they come."""

    forecasts: list[Forecast] = field(default_factory=list)
    earned: list[Days] = field(default_factory=list)
    payable: list[Days] = field(default_factory=list)
    wholes: list["array[float]"] = field(default_factory=list)

    def add(self, found: Drawn) -> None:
        self.forecasts.append(found.forecast)
        period = found.forecast.whole.period
        self.wholes.append(array("d", (float(within(days, period)) for days in found.earned)))
        for mine, theirs in ((self.earned, found.earned), (self.payable, found.payable)):
            mine.extend(defaultdict(lambda: ZERO) for _ in theirs[len(mine) :])
            for days, more in zip(mine, theirs, strict=True):
                for day, amount in more.items():
                    days[day] += amount

    def share(self, currency: str) -> Share:
        first = self.forecasts[0]
        periods = tuple(s.period for s in (*first.months, *first.quarters, first.whole))
        earned, payable = (tuple(map(tuple, columns(days, periods))) for days in (self.earned, self.payable))
        return Share(currency, tuple(self.forecasts), periods, earned, payable, tuple(self.wholes))


def shared(
    programs: Sequence[Program],
    learned: Learned,
    partners: Iterable[str],
    asked: Asked,
    posted: Mapping[str, Posted],
    step: Step | None = None,
) -> tuple[Share, ...]:
    """The forecasts of some partners with the sums of their futures, a share for each currency."""
    sums: dict[str, _Sums] = defaultdict(_Sums)
    for partner in partners:
        found = drawn(programs, learned, partner, asked, posted.get(partner), step=step, with_drivers=False)
        sums[found.forecast.currency].add(found)
    return tuple(found.share(currency) for currency, found in sums.items())


def together(shares: Iterable[Share]) -> BookForecast:
    """One forecast of all shares. Raises ValueError for none, and for shares of different days or futures."""
    by_currency: dict[str, list[Share]] = defaultdict(list)
    for share in shares:
        by_currency[share.currency].append(share)
    wholes = [_whole(currency, found) for currency, found in by_currency.items()]
    if not wholes:
        raise ValueError("a book's forecast needs a partner")
    made = [m.forecast for w in wholes for m in w.movers]
    asked = {(f.as_of, f.horizon, f.seed, f.scenarios, f.version) for f in made}
    if len(asked) > 1:
        raise ValueError("these forecasts are not of the same futures")
    left_out = Counter(words for f in made for words in f.not_included)
    ordered = sorted(wholes, key=lambda w: (-len(w.movers), w.currency))
    told = tuple(f"{words}{_of_how_many(count, len(made))}" for words, count in left_out.most_common())
    return BookForecast(*asked.pop(), tuple(ordered), told)


def _of_how_many(count: int, whole: int) -> str:
    return "" if count == whole else f" ({count} of {whole} partners)"


def _whole(currency: str, shares: Sequence[Share]) -> Whole:
    made = [f for share in shares for f in share.forecasts]
    stretches = [_stretch(n, shares, made) for n in range(len(shares[0].periods))]
    months = len(made[0].months)
    movers, spread = _movers(shares, made)
    tiers: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for tier, chance in (pair for f in made for pair in f.tiers):
        tiers[tier] += chance
    return Whole(
        currency=currency,
        months=tuple(stretches[:months]),
        quarters=tuple(stretches[months:-1]),
        whole=stretches[-1],
        committed=sum((f.committed for f in made), ZERO),
        possible=sum((f.possible for f in made), ZERO),
        clawback=sum((f.clawback for f in made), ZERO),
        pipeline=_pipeline(made),
        spread=spread,
        movers=movers,
        tiers=tuple(sorted(tiers.items(), key=lambda pair: (-pair[1], pair[0]))),
    )


def _pipeline(made: Sequence[Forecast]) -> Pipeline:
    """The pipelines of all; the rate is that of the amounts together."""
    amount, earned = (sum((getattr(f.pipeline, name) for f in made), ZERO) for name in ("amount", "earned"))
    return Pipeline(amount, rounded(earned / amount, 4) if amount else ZERO, earned)


def _stretch(number: int, shares: Sequence[Share], made: Sequence[Forecast]) -> Stretch:
    ranges: list[Range] = []
    for name in ("earned", "payable"):
        rows = zip(*(getattr(share, name)[number] for share in shares), strict=True)
        ranges.append(range_of([sum(amounts, ZERO) for amounts in rows], shares[0].currency))
    own = [(*f.months, *f.quarters, f.whole)[number] for f in made]
    sums = [sum((getattr(one, name) for one in own), ZERO) for name in ("pipeline", "committed", "possible")]
    return Stretch(shares[0].periods[number], ranges[0], ranges[1], *sums)


def _movers(shares: Sequence[Share], made: Sequence[Forecast]) -> tuple[tuple[Mover, ...], Decimal]:
    """The partners by their part of the spread, the largest first, and the spread."""
    rows = [row for share in shares for row in share.wholes]
    whole = [sum(amounts) for amounts in zip(*rows, strict=True)]
    mean = sum(whole) / len(whole)
    spread = sqrt(sum((amount - mean) ** 2 for amount in whole) / len(whole))
    places = decimals(shares[0].currency)
    found = []
    for one, row in zip(made, rows, strict=True):
        own = sum(row) / len(row)
        part = sum((a - own) * (b - mean) for a, b in zip(row, whole, strict=True)) / len(whole)
        found.append(Mover(one.partner, one, _money(part / spread if spread else 0.0, places)))
    return tuple(sorted(found, key=lambda m: (-m.moves, -m.forecast.whole.earned.p50, m.partner))), _money(
        spread, places
    )


def _money(amount: float, places: int) -> Decimal:
    return rounded(Decimal(f"{amount:.6f}"), places)
