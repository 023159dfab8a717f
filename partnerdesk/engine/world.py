"""One partner's facts, found fast: by kind in order of day, by id, by what belongs together; exchange included."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import islice
from operator import attrgetter, lt
from typing import Any, NamedTuple

from partnerdesk.engine.days import day_reader
from partnerdesk.engine.facts import HAPPENED, Facts, Partner
from partnerdesk.engine.money import ONE, ZERO
from partnerdesk.engine.period import months_between
from partnerdesk.engine.rules import Exchange
from partnerdesk.engine.terms import Terms


class MissingRate(LookupError):
    """No exchange rate for a pair on a day; the evaluation reports it as a problem."""


class Series(NamedTuple):
    """Rows in order of (day, id) with their days, for windows by bisection."""

    days: list[date]
    rows: list[Any]

    def between(self, start: date | None, end: date) -> list[Any]:
        """The rows from `start` (ever, when None) to `end`, both inclusive."""
        low = 0 if start is None else bisect_left(self.days, start)
        return self.rows[low : bisect_right(self.days, end)]


EMPTY = Series([], [])

# Which kind of transaction gives back which.
UNDOES = {"refund": "payment", "credit-note": "invoice", "write-off": "invoice"}

# Kinds whose rows may name no partner, and what they belong to it through.
_THROUGH = {"stage_change": "deal", "deal_line": "deal", "check": "deployment"}
# What a partner's business begins with.
_BUSINESS = ("deal", "contract", "transaction", "deployment", "payment", "adjustment")


class Index:
    """All facts of a book, grouped once; worlds of single partners are cut from it."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._by_partner: dict[str, dict[str, list[Any]]] = {}
        self._by_id: dict[str, dict[str, Any]] = {}
        self._by: dict[tuple[str, str], dict[str, list[Any]]] = {}
        self.credits = self._grouped("credit", "deal")

    def rows(self, kind: str, partner: str) -> list[Any]:
        groups = self._by_partner.get(kind)
        if groups is None:
            groups = self._by_partner[kind] = self._grouped(kind, "partner")
        return groups.get(partner, [])

    def belonging(self, kind: str, attribute: str, owner: str) -> list[Any]:
        """Rows of a kind that name `owner` in `attribute`, such as the checks of a deployment."""
        key = (kind, attribute)
        if key not in self._by:
            self._by[key] = self._grouped(kind, attribute)
        return self._by[key].get(owner, [])

    def row(self, kind: str, id: str | None) -> Any:
        if id is None:
            return None
        if kind not in self._by_id:
            self._by_id[kind] = {r.id: r for r in self.facts.of(kind)}
        return self._by_id[kind].get(id)

    def _grouped(self, kind: str, attribute: str) -> dict[str, list[Any]]:
        groups: dict[Any, list[Any]] = defaultdict(list)
        rows = self.facts.of(kind)
        if not rows or not hasattr(rows[0], attribute):
            return {}
        for owner, row in zip(map(attrgetter(attribute), rows), rows, strict=True):
            groups[owner].append(row)
        groups.pop(None, None)
        return dict(groups)

    @cached_property
    def rates(self) -> dict[tuple[str, str, str], Series]:
        """Exchange rates by (table, base, quote)."""
        groups: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
        for row in self.facts.of("exchange_rate"):
            if row.day is not None and row.rate:
                groups[row.table, row.base, row.quote].append(row)
        return {key: ordered(rows, lambda r: r.day) for key, rows in groups.items()}

    def partners(self) -> tuple[Partner, ...]:
        return self.facts.of("partner")


class Exchanged(NamedTuple):
    """The rows of the exchange table whose mean is the rate, usually one, and whether its inverse is meant."""

    rows: list[Any]
    is_inverse: bool

    @property
    def rate(self) -> Decimal:
        """What one unit of the foreign currency is worth."""
        return ONE / self._listed if self.is_inverse else self._listed

    def of(self, amount: Decimal) -> Decimal:
        """An amount exchanged; divided by an inverse rate, so that nothing hangs on the digits of its inverse."""
        return amount / self._listed if self.is_inverse else amount * self._listed

    @property
    def _listed(self) -> Decimal:
        rates: list[Decimal] = [row.rate for row in self.rows]
        return rates[0] if len(rates) == 1 else sum(rates, ZERO) / len(rates)


def ordered(rows: Iterable[Any], day_of: Callable[[Any], date | None]) -> Series:
    """Rows that have a day, in order of (day, id): the stated key of same-day ties."""
    dated = list(rows)
    days: list[Any] = [*map(day_of, dated)]
    if type(None) in {*map(type, days)}:
        dated = [row for row, day in zip(dated, days, strict=True) if day is not None]
        days = [day for day in days if day is not None]
    # Rows mostly come in order, one a day: then no id needs to be looked at.
    if not all(map(lt, days, islice(days, 1, None))):
        dated.sort(key=_ID)
        dated.sort(key=day_of)  # type: ignore[arg-type]  # those without a day are gone
        days = [*map(day_of, dated)]
    return Series(days, dated)


_ID = attrgetter("id")


class World:
    """What belongs to one partner: its own rows, deals it is credited on, and what those name."""

    def __init__(self, index: Index, partner: Partner, terms: Terms) -> None:
        self.index, self.partner, self.terms = index, partner, terms
        self.currency, self.as_of = terms.currency, terms.as_of
        self._series: dict[tuple[str, str], Series] = {}
        self.receipts: dict[str, dict[str, list[Any]]] = {}  # by kind, payments by the row they fill, once asked for

    def rows(self, kind: str) -> list[Any]:
        own = self.index.rows(kind, self.partner.id)
        if kind != "deal":
            return own + self._through(kind) if kind in _THROUGH else own
        if not self.index.credits:
            return own
        credited = {c.deal: self.index.row("deal", c.deal) for c in self.index.rows("credit", self.partner.id)}
        extra = [d for d in credited.values() if d is not None and d.partner != self.partner.id]
        return own + extra if extra else own

    def _through(self, kind: str) -> list[Any]:
        """Rows that name no partner and belong to one through its deal or deployment."""
        owner = _THROUGH[kind]
        found = (self.index.belonging(kind, owner, row.id) for row in self.index.rows(owner, self.partner.id))
        return [row for rows in found for row in rows if getattr(row, "partner", None) is None]

    def row(self, kind: str, id: str | None) -> Any:
        return self.index.row(kind, id)

    def known(self, row: Any) -> bool:
        """Whether a dated row already happened on the as-of day."""
        return row.day is None or row.day <= self.as_of

    def series(self, kind: str, attribute: str = "") -> Series:
        """The partner's rows of a kind in order of their day."""
        key = (kind, attribute)
        found = self._series.get(key)
        if found is None:
            found = self._series[key] = ordered(self.rows(kind), day_reader(kind, attribute))
        return found

    def first_day(self, kind: str, attribute: str = "") -> date | None:
        """The day of the partner's first row of a kind."""
        names = (attribute,) if attribute else HAPPENED.get(kind, ("day",))
        series, rows = self.series(kind, names[0]), self.rows(kind)
        found = series.days[:1]
        if len(names) > 1 and len(series.days) < len(rows):
            # Some happened on a day of another name.
            found += filter(None, map(day_reader(kind, attribute), rows))
        return min(found, default=None)

    def checks_of(self, deployment: str) -> list[Any]:
        return self.index.belonging("check", "deployment", deployment)

    def share(self, deal: Any) -> Decimal:
        """The partner's credit in a deal: its own credit row, else what the others leave of the whole."""
        credits = self.index.credits.get(deal.id)
        if credits is None:
            return ONE
        own = [c.share for c in credits if c.partner == self.partner.id]
        if own:
            return sum(own, ZERO)
        return max(ZERO, ONE - sum((c.share for c in credits), ZERO))

    def live_day(self, deal: str | None, customer: str | None, since: date, attribute: str) -> date | None:
        """The first go-live (or first value) of the deal's deployments; else of the customer's since that day."""
        found = self.index.belonging("deployment", "deal", deal) if deal else []
        if not found and customer:
            found = [d for d in self.rows("deployment") if d.customer == customer and (d.live or since) >= since]
        days = [day for d in found if (day := getattr(d, attribute)) is not None]
        return min(days, default=None)

    def customer_of(self, row: Any) -> str | None:
        """The customer of a row, or of the contract or deal that it names."""
        contract, deal = (self.row(kind, getattr(row, kind, None)) for kind in ("contract", "deal"))
        for named in (row, contract, deal):
            customer: str | None = getattr(named, "customer", None)
            if customer:
                return customer
        return None

    def customer_age(self, customer: str | None, day: date) -> int:
        """Whole months since the customer's first contract or won deal with this partner; 0 for a new one."""
        if customer is None:
            return 0
        first = self._first_days.get(customer)
        return max(0, months_between(first, day)) if first else 0

    def customer_since(self, customer: str | None) -> date | None:
        """The day of the customer's first contract or won deal with this partner."""
        return self._first_days.get(customer) if customer else None

    @cached_property
    def since(self) -> date | None:
        """The day the partner joined, or its first business where that is not known."""
        if self.partner.joined is not None:
            return self.partner.joined
        days = [day for kind in _BUSINESS if (day := self.first_day(kind)) is not None]
        return min(days, default=None)

    @cached_property
    def _first_days(self) -> dict[str, date]:
        first: dict[str, date] = {}
        starts = [(c.customer, c.start) for c in self.rows("contract")]
        wins = [(d.customer, d.closed) for d in self.rows("deal") if d.status == "won"]
        for customer, day in starts + wins:
            if customer and day and (customer not in first or day < first[customer]):
                first[customer] = day
        return first

    @cached_property
    def refunds(self) -> dict[str, list[tuple[Any, Decimal]]]:
        """What refunds took back of payments, credit notes and write-offs of invoices: (row, amount) by what they undo.

        Each undoes the ones before it, the latest first, of the same contract, else deal, else customer, and of the
        same currency; a write-off that bears an invoice's number undoes that one first.
        """
        found: dict[str, list[tuple[Any, Decimal]]] = defaultdict(list)
        open_: dict[tuple[str, str | None, str], list[tuple[str, Decimal]]] = defaultdict(list)
        for row in self.series("transaction", "day").rows:
            undoes = UNDOES.get(row.kind)
            concerns = row.contract or row.deal or row.customer, row.currency
            if row.kind in UNDOES.values() and (row.amount or ZERO) > 0:
                open_[row.kind, *concerns].append((row.id, row.amount))
            elif undoes and row.amount:
                left, stack = abs(row.amount), open_[undoes, *concerns]
                if row.kind == "write-off" and row.number:
                    stack.sort(key=lambda placed: self.row("transaction", placed[0]).number == row.number)
                while left and stack:
                    id, amount = stack.pop()
                    part = min(left, amount)
                    found[id].append((row, part))
                    left -= part
                    if part < amount:
                        stack.append((id, amount - part))
        return found

    def exchange(self, currency: str, day: date, rule: Exchange) -> Exchanged:
        """The rate from a foreign currency into the program's for a day, by the program's rule.

        The last rate on or before the rule's day counts, else the inverse of the opposite pair's. Raises MissingRate
        when there is neither.
        """
        first, last = self._rate_days(day, rule.day)
        for base, quote in ((currency, self.currency), (self.currency, currency)):
            rows = self.index.rates.get((rule.table, base, quote), EMPTY).between(first, last)
            if rows:
                return Exchanged(rows[-1:] if first is None else rows, base != currency)
        when = f"on or before {last.isoformat()}" if first is None else f"in {first:%Y-%m}"
        raise MissingRate(
            f"there is no rate from {currency} to {self.currency} {when} in the exchange table “{rule.table}”"
        )

    def _rate_days(self, day: date, by: str) -> tuple[date | None, date]:
        """The days whose rates count, up to the as-of day: the last one of them, or all where a first day is given."""
        if by == "event":
            return None, min(day, self.as_of)
        unit = by.partition(" ")[0]
        period = self.terms.calendar.at(day, unit)
        if by == "month mean":
            return period.start, min(period.end, self.as_of)
        return None, min(period.start - timedelta(days=1), self.as_of)
