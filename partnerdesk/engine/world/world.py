"""One partner's facts, found fast: by kind in order of day, by id, by what belongs together; exchange included."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from partnerdesk.engine.facts import HAPPENED, Partner
from partnerdesk.engine.money import ONE, ZERO
from partnerdesk.engine.period import months_between
from partnerdesk.engine.rules import Exchange
from partnerdesk.engine.world.columns import Columns
from partnerdesk.engine.world.days import FREE, day_reader
from partnerdesk.engine.world.exchange import Exchanged, exchanged
from partnerdesk.engine.world.index import Index, Series, is_rising, ordered
from partnerdesk.engine.world.tree import Tree

if TYPE_CHECKING:
    from partnerdesk.engine.terms.versions import Terms


class MissingRate(LookupError):
    """No exchange rate for a pair on a day; the evaluation reports it as a problem."""


# Which kind of transaction gives back which.
UNDOES = {"refund": "payment", "credit-note": "invoice", "write-off": "invoice"}

# Kinds whose rows may name no partner, and what they belong to it through.
_THROUGH = {"stage_change": "deal", "deal_line": "deal", "check": "deployment"}
# What a partner's business begins with.
_BUSINESS = ("deal", "contract", "transaction", "deployment", "payment", "adjustment")


class World:
    """What belongs to one partner: its own rows, deals it is credited on, and what those name."""

    def __init__(self, index: Index, partner: Partner, terms: "Terms") -> None:
        self.index, self.partner, self.terms = index, partner, terms
        self.currency, self.as_of = terms.currency, terms.as_of
        self._series: dict[tuple[str, str], Series] = {}
        self._days: dict[tuple[str, str], list[date] | None] = {}
        self.receipts: dict[str, dict[str, list[Any]]] = {}  # by kind, payments by the row they fill, once asked for

    def of(self, partner: Partner) -> "World":
        """The same view of another partner's facts, by this one's terms."""
        return World(self.index, partner, self.terms)

    @property
    def shared(self) -> dict[Any, Any]:
        """Worlds that several partners look at."""
        return self.index.shared

    @cached_property
    def tree(self) -> Tree:
        """The partners below this one."""
        return Tree(self)

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
            rows = self.rows(kind)
            found = self._series[key] = ordered(
                rows, day_reader(kind, attribute), self.own_column(kind, rows, attribute)
            )
        return found

    def summed(self, kind: str, attribute: str = "") -> Series:
        """The same for who only adds up what each row gives by itself, and never asks how many there are."""
        return self.series(kind, attribute)

    def own_columns(self, kind: str) -> Columns | None:
        """The columns of a whole book, where what they have of the partner is all that is its own of a kind."""
        if kind in _THROUGH or (kind == "deal" and self.index.credits):
            return None
        return self.index.columns(kind)

    def own_days(self, kind: str, attribute: str) -> list[date] | None:
        """The days of the partner's rows by the columns of a whole book, which nobody then has to sort out by partner.

        None where there are none, or where not each row has a later day than the one before.
        """
        key = (kind, attribute)
        if key not in self._days:
            self._days[key] = self._read_days(kind, attribute)
        return self._days[key]

    def _read_days(self, kind: str, attribute: str) -> list[date] | None:
        columns = self.own_columns(kind) if attribute and not attribute.startswith(FREE) else None
        if columns is None or columns.types(attribute) != {date}:
            return None
        days = columns.of(attribute).get(self.partner.id, [])
        return days if is_rising(days) else None

    def own_column(self, kind: str, rows: list[Any], name: str) -> list[Any] | None:
        """An attribute from the columns of a whole book, where these rows are all of the partner in their order."""
        columns = self.index.columns(kind) if name and rows and not name.startswith(FREE) else None
        if columns is None or columns.rows.get(self.partner.id) is not rows:
            return None
        return columns.of(name)[self.partner.id]

    def column(self, kind: str, rows: list[Any], name: str) -> list[Any]:
        """An attribute of these rows of the partner."""
        found = self.own_column(kind, rows, name)
        return [*map(attrgetter(name), rows)] if found is None else found

    def is_always(self, kind: str, rows: list[Any], name: str, one_of: frozenset[Any]) -> bool:
        """Whether an attribute of these rows is one of some values: mostly that is so in all of a book."""
        columns = self.index.columns(kind)
        return (columns is not None and columns.values(name) <= one_of) or one_of.issuperset(
            self.column(kind, rows, name)
        )

    def is_of(self, kind: str, name: str, values: Iterable[Any], type_: type) -> bool:
        """Whether all values of an attribute are of a type: mostly that is so in all of a book."""
        columns = self.index.columns(kind)
        return (columns is not None and columns.types(name) == {type_}) or {*map(type, values)} <= {type_}

    def first_day(self, kind: str, attribute: str = "") -> date | None:
        """The day of the partner's first row of a kind."""
        names = (attribute,) if attribute else HAPPENED.get(kind, ("day",))
        days = self.own_days(kind, names[0])
        if days is not None:
            return days[0] if days else None
        series = self.series(kind, names[0])
        found = series.days[:1]
        if len(names) > 1 and len(series.days) < len(rows := self.rows(kind)):
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

    def live_days(self, deal: str | None, customer: str | None, since: date, attribute: str) -> list[date | None]:
        """When the deal's deployments went live (or had their first value), in order, those that did not yet as None at
        the end; else the customer's since that day.
        """
        found = self.index.belonging("deployment", "deal", deal) if deal else []
        if not found and customer:
            found = [d for d in self.rows("deployment") if d.customer == customer and (d.live or since) >= since]
        days = [getattr(d, attribute) for d in found]
        return sorted(days, key=lambda day: day or date.max)

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
        if (found := exchanged(self.index, rule.table, currency, self.currency, first, last)) is not None:
            return found
        when = f"on or before {last.isoformat()}" if first is None else f"in {self.terms.calendar.at(first, 'month')}"
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
