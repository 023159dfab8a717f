"""What a judgement stands on: the versions, the facts, the day, and the partner that is looked at."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from partnerdesk.engine.facts import HAPPENED, KINDS, Facts
from partnerdesk.engine.rules import Program
from tests.second.judge.days import NOW, ONE_DAY, Back, Span, span_of
from tests.second.judge.years import Year, year_of

OF_A_DEAL = ("deal_line", "stage_change")  # the partner's whose own deal they belong to, unless they name another


@dataclass(frozen=True)
class Case:
    """One partner of one evaluation. `program` is the version whose rules are asked, modules laid over."""

    program: Program
    facts: Facts
    as_of: date
    partner: Any
    versions: tuple[Program, ...] = ()  # all of them, each with the modules that fit the partner
    plain: tuple[Program, ...] = ()  # all of them as they stand in the text
    scope: tuple[str, Any] | None = None  # an attribute and its value: the score of one scope
    earned: Callable[[str, date], list[Any]] | None = None  # an earning's lines up to a day, before limits
    earned_by: Callable[[str], list[Any]] | None = None  # all lines of a partner below by its id, after its limits
    held_by: Callable[[str], list[Any]] | None = None  # the tiers that a partner below held, stretch by stretch
    back: Back = NOW  # by how much windows lie earlier: what growth is compared with

    @property
    def year(self) -> Year:
        return year_of(self.program)

    def span(self, day: date, unit: str) -> Span:
        return span_of(day, unit, self.year)

    def last_day(self, span: Span) -> date:
        """A running period ends on the as-of day."""
        return min(span.end, self.as_of)


def rows(case: Case, kind: str) -> Iterator[Any]:
    """The facts of a kind that are known by the day, in order of their ids."""
    for row in sorted(case.facts.of(kind), key=lambda r: str(r.id)):
        if row.known_on is None or row.known_on <= case.as_of:
            yield row


def find(case: Case, kind: str, id: str | None) -> Any:
    return next((row for row in rows(case, kind) if row.id == id), None) if id is not None else None


def credits_of(case: Case, deal: Any) -> list[Any]:
    return [row for row in rows(case, "credit") if row.deal == deal.id]


def is_mine(case: Case, kind: str, row: Any) -> bool:
    """Whether a fact is the partner's: its own, or a deal on which it is credited."""
    if kind == "partner":
        return bool(row.id == case.partner.id)
    if kind == "deal" and any(c.partner == case.partner.id for c in credits_of(case, row)):
        return True
    if kind in OF_A_DEAL and getattr(row, "partner", None) is None:
        deal = find(case, "deal", row.deal)
        return deal is not None and bool(deal.partner == case.partner.id)
    return not hasattr(row, "partner") or bool(row.partner == case.partner.id)


def mine(case: Case, kind: str) -> Iterator[Any]:
    for row in rows(case, kind):
        if is_mine(case, kind, row):
            yield row


def usual_day(kind: str, row: Any) -> date | None:
    """The day on which a fact of the kind happened: the first one that is known."""
    for name in HAPPENED.get(kind, ("day",)):
        if getattr(row, name, None) is not None:
            return getattr(row, name)  # type: ignore[no-any-return]
    return None


def exact(value: Any) -> Any:
    """Numbers as fractions; everything else as it is, an empty text as not known."""
    if isinstance(value, bool):
        return value
    if isinstance(value, Decimal | int):
        return Fraction(value)
    return None if value == "" else value


def declared(kind: str, name: str) -> Any:
    """What an attribute of a kind is: text, day, money, rate, whole, flag, ref; None for one that has no field."""
    return next((f.metadata.get("is") for f in fields(KINDS[kind]) if f.name == name), None)


def refers_to(kind: str, name: str) -> str:
    """The kind that an attribute names; a line of an earning names its deal, its customer and so on by their kinds."""
    if kind not in KINDS:
        return name
    return next((str(f.metadata.get("to", "")) for f in fields(KINDS[kind]) if f.name == name), "")


def day_before(day: date) -> date:
    return day - ONE_DAY
