"""Values that follow from a row and what belongs to it, named like its attributes; None where they are not known."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from partnerdesk.engine.facts import DAY, FLAG, KINDS, MONEY, RATE, TEXT, attributes
from partnerdesk.engine.money import ONE, ZERO
from partnerdesk.engine.period import months_between
from partnerdesk.engine.world.days import day_reader

if TYPE_CHECKING:
    from partnerdesk.engine.world.world import World

Getter = Callable[[Any, "World"], Any]

DAYS = "days"  # `days.opened.closed`: the days between two days of a row


class Derived(NamedTuple):
    """How a value is read, what it means, and what it is: money, rate, flag, text or day."""

    read: Getter
    says: str
    kind: str = RATE


def _days_late(row: Any, world: "World") -> Decimal | None:
    if row.live is None or row.planned_live is None:
        return None
    return Decimal((row.live - row.planned_live).days)


def _on_time(row: Any, world: "World") -> Decimal | None:
    late = _days_late(row, world)
    return None if late is None else (ONE if late <= 0 else ZERO)


def _checked(group: str) -> Getter:
    def share(row: Any, world: "World") -> Decimal | None:
        checks = [c for c in world.checks_of(row.id) if c.group == group and c.met is not None and world.known(c)]
        return Decimal(sum(c.met for c in checks)) / len(checks) if checks else None

    return share


def _value_days(row: Any, world: "World") -> Decimal | None:
    if row.kickoff is None or row.first_value is None:
        return None
    return Decimal((row.first_value - row.kickoff).days)


def _survey_share(row: Any, world: "World") -> Decimal | None:
    low, high = row.scale_min, row.scale_max
    if row.score is None or low is None or high is None or high <= low:
        return None
    return Decimal((row.score - low) / (high - low))


def _nps_class(row: Any, world: "World") -> str | None:
    if row.score is None:
        return None
    return "promoter" if row.score >= 9 else "passive" if row.score >= 7 else "detractor"


def _nps(row: Any, world: "World") -> Decimal | None:
    named = _nps_class(row, world)
    return None if named is None else {"promoter": ONE, "passive": ZERO, "detractor": -ONE}[named]


def _margin(row: Any, world: "World") -> Decimal | None:
    return None if row.amount is None or row.cost is None else row.amount - row.cost


def _margin_share(row: Any, world: "World") -> Decimal | None:
    margin = _margin(row, world)
    return margin / row.amount if margin is not None and row.amount else None


def _discount(row: Any, world: "World") -> Decimal | None:
    return None if row.amount is None or not row.list_amount else 1 - row.amount / row.list_amount


def _ended(row: Any, world: "World") -> Any:
    return row.end or (row.outcome_on if row.outcome == "churned" else None)


def _notice(row: Any, world: "World") -> Decimal | None:
    """The days between the outcome and the end; of a contract still open at its end there was no notice."""
    if row.end is None:
        return None
    if row.outcome_on is not None:
        return Decimal((row.end - row.outcome_on).days)
    return ZERO if row.end <= world.as_of else None


def _notice_kept(row: Any, world: "World") -> Decimal | None:
    given = _notice(row, world)
    if given is None or row.notice_days is None:
        return None
    return ONE if given >= row.notice_days else ZERO


def _term_months(row: Any, world: "World") -> Decimal | None:
    """The last day counts: from 5 January to 4 January is a year."""
    if row.start is None or row.end is None or row.end < row.start:
        return None
    return Decimal(months_between(row.start, row.end + timedelta(days=1)))


def _since(kind: str, turn: str) -> Getter:
    """Days from when the partner joined or left to a fact's usual day."""
    read, turned = day_reader(kind), attrgetter(turn)

    def days(row: Any, world: "World") -> Decimal | None:
        day, then = read(row), turned(world.partner)
        return None if day is None or then is None else Decimal((day - then).days)

    return days


def _customer_months(kind: str) -> Getter:
    read = day_reader(kind)

    def months(row: Any, world: "World") -> Decimal | None:
        day, since = read(row), world.customer_since(world.customer_of(row))
        return None if day is None or since is None else Decimal(max(0, months_between(since, day)))

    return months


def _new_customer(kind: str) -> Getter:
    read = day_reader(kind)

    def is_new(row: Any, world: "World") -> bool | None:
        day, customer = read(row), world.customer_of(row)
        if day is None or customer is None:
            return None
        since = world.customer_since(customer)
        return since is None or day <= since

    return is_new


_OWN: dict[str, dict[str, Derived]] = {
    "earning": {
        "earning": Derived(lambda row, world: row.rule.key.removeprefix("earning."), "Name of its earning", TEXT),
    },
    "deployment": {
        "days_late": Derived(_days_late, "Days from planned to actual go-live"),
        "on_time": Derived(_on_time, "1 when live on the planned day or before, else 0"),
        "standards": Derived(_checked("standards"), "Share of the standards checks that are met"),
        "adoption": Derived(_checked("adoption"), "Share of the adoption milestones that are met"),
        "days_to_value": Derived(_value_days, "Days from kick-off to first value"),
    },
    "survey": {
        "share": Derived(_survey_share, "Answer as a share of its scale, 0 to 1"),
        "nps_class": Derived(_nps_class, "promoter from 9 on, passive from 7 on, else detractor", TEXT),
        "nps": Derived(_nps, "1 for a promoter, 0 for a passive, -1 for a detractor: the mean is the NPS"),
    },
    "contract": {
        "ended": Derived(_ended, "Last day in force: the end, or where there is none the day it was churned", DAY),
        "term_months": Derived(_term_months, "Whole months from the start to the end, both days included"),
        "notice_given": Derived(_notice, "Days from the outcome to the end; 0 when it ended without one"),
        "notice_kept": Derived(_notice_kept, "1 when at least the days of notice were given, else 0"),
    },
    "deal": {
        "margin": Derived(_margin, "Amount less cost", MONEY),
        "margin_share": Derived(_margin_share, "Amount less cost, as a share of the amount"),
    },
    "deal_line": {
        "margin": Derived(_margin, "Amount less cost", MONEY),
        "margin_share": Derived(_margin_share, "Amount less cost, as a share of the amount"),
    },
    "transaction": {
        "margin": Derived(_margin, "Amount less cost", MONEY),
        "margin_share": Derived(_margin_share, "Amount less cost, as a share of the amount"),
        "discount": Derived(_discount, "Discount as a share of the list amount"),
    },
}


@lru_cache(maxsize=64)
def derived(kind: str) -> Mapping[str, Derived]:
    """The derived values of a kind by name, for filters and for the printed reference.

    Beside them `days.A.B` gives the days from one day of a row to another.
    """
    found = dict(_OWN.get(kind, {}))
    if kind not in KINDS:
        return found
    names = {a.name for a in attributes(kind)}
    if "partner" in names:
        found["days_since_joined"] = Derived(_since(kind, "joined"), "Days from the partner's joining to its usual day")
        says = "Days from the partner's leaving to its usual day, below zero before it; not known of who has not left"
        found["days_since_left"] = Derived(_since(kind, "left"), says)
    if names & {"customer", "contract", "deal"}:
        says = "Whole months since the customer's first contract or won deal with this partner"
        found["customer_months"] = Derived(_customer_months(kind), says)
        says = "Whether the customer had no contract or won deal with this partner before its usual day"
        found["new_customer"] = Derived(_new_customer(kind), says, FLAG)
    return found
