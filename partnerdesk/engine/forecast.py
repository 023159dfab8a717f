"""What lies ahead, by two runs of the same engine on future facts; no probability, so no range is claimed.

*Scheduled*: vesting, releases and the payments of contracts in force. *If all closes*: besides, every dated open deal
is won on its expected day and every open contract is renewed at its amount. Each is named for what it is.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from partnerdesk.engine.evaluate import evaluate, in_order
from partnerdesk.engine.facts import Contract, Facts, Transaction
from partnerdesk.engine.money import ZERO, rounded
from partnerdesk.engine.money import decimals as places
from partnerdesk.engine.outcome import PAYABLE, is_remitted
from partnerdesk.engine.period import Period, add_months, period_at, periods
from partnerdesk.engine.projection import lapses, tier_today
from partnerdesk.engine.rules import Program
from partnerdesk.engine.settling.ledger import Posted
from partnerdesk.engine.whole import Outcome

CADENCE = {"month": 1, "quarter": 3, "year": 12}
SCHEDULED, ALL_CLOSES = "scheduled", "if every dated open deal and renewal closes"


@dataclass(frozen=True, slots=True)
class OutlookMonth:
    """One month ahead: earned, and what becomes payable before any payment."""

    period: Period
    earned: Decimal
    payable: Decimal


@dataclass(frozen=True, slots=True)
class Outlook:
    """One run: its name, its months, the tier at the end, and what it takes for granted.

    `tier` is empty where it cannot be projected; `lapses` then names what would have to be assumed for it.
    """

    name: str
    months: tuple[OutlookMonth, ...]
    tier: str
    assumes: tuple[str, ...]
    tier_today: str = ""
    lapses: tuple[str, ...] = ()

    @property
    def tier_words(self) -> str:
        """The tier at the end, or today's and why it is not projected."""
        if not self.lapses:
            return self.tier
        return f"{self.tier_today} today; not projected: no {' or '.join(self.lapses)} are assumed"

    @property
    def earned(self) -> Decimal:
        return sum((m.earned for m in self.months), ZERO)

    @property
    def payable(self) -> Decimal:
        return sum((m.payable for m in self.months), ZERO)


@dataclass(frozen=True, slots=True)
class Ahead:
    """Both runs of a partner and what neither includes."""

    partner: str
    currency: str
    scheduled: Outlook
    all_closes: Outlook
    not_included: tuple[str, ...]


def ahead(
    programs: Sequence[Program],
    facts: Facts,
    as_of: date,
    months: int,
    partner: str,
    posted: Mapping[str, Posted] | None = None,
) -> Ahead:
    """Both runs for one partner over the next full months after the as-of day's month, that month's rest included."""
    horizon = add_months(as_of.replace(day=1), months + 1) - timedelta(days=1)
    undated = [d for d in facts.of("deal") if d.partner == partner and d.status == "open" and d.expected_close is None]
    overdue = [d for d in _open_deals(facts, partner) if d.expected_close <= as_of]
    scheduled = with_schedule(facts, as_of, horizon, partner)
    closing, assumes = with_closings(facts, as_of, horizon, partner)
    left_out = []
    if undated:
        left_out.append(f"{len(undated)} open deals without a date")
    if overdue:
        left_out.append(f"{len(overdue)} open deals whose expected close has passed")
    left_out.append("deals and refunds that nobody knows yet")
    runs = []
    for name, future, taken in ((SCHEDULED, scheduled, ()), (ALL_CLOSES, closing, assumes)):
        outcome = evaluate(programs, future, horizon, partners=[partner], posted=posted).partners[partner]
        run = _outlook(name, outcome, as_of, horizon, taken)
        runs.append(_with_tier(run, _version_on(programs, horizon), outcome, as_of))
    return Ahead(partner, programs[-1].currency, runs[0], runs[1], tuple(left_out))


def _outlook(name: str, outcome: Outcome, as_of: date, horizon: date, assumes: tuple[str, ...]) -> Outlook:
    earned: dict[Period, Decimal] = defaultdict(lambda: ZERO)
    payable: dict[Period, Decimal] = defaultdict(lambda: ZERO)
    for line in outcome.lines:
        if line.process > as_of:
            earned[period_at(line.process, "month")] += line.amount
    for entry in outcome.entries:
        if entry.day > as_of and entry.bucket == PAYABLE and not is_remitted(entry):
            payable[period_at(entry.day, "month")] += entry.amount
    months = tuple(OutlookMonth(p, earned[p], payable[p]) for p in periods(as_of, horizon, "month"))
    return Outlook(name, months, "", assumes)


def _with_tier(run: Outlook, program: Program, outcome: Outcome, as_of: date) -> Outlook:
    """The run with the tier that its figures reach at the end, where what decides about it does not lapse."""
    found, standings = lapses(program, outcome, as_of), list(outcome.standings.values())
    tier = standings[-1].reached if standings and not found else ""
    return replace(run, tier=tier, tier_today=tier_today(outcome, as_of), lapses=found)


def _version_on(programs: Sequence[Program], day: date) -> Program:
    """The version in force on a day."""
    versions = in_order(programs)
    return ([v for v in versions if v.effective_from <= day] or [versions[0]])[-1]


def with_schedule(facts: Facts, as_of: date, horizon: date, partner: str) -> Facts:
    """The facts, with the payments that contracts in force call for up to the horizon."""
    coming = [p for c in facts.of("contract") if c.partner == partner for p in billed(c, as_of, horizon)]
    return _with(facts, {"transaction": coming})


def with_closings(facts: Facts, as_of: date, horizon: date, partner: str) -> tuple[Facts, tuple[str, ...]]:
    """The facts as if open deals were won and open contracts renewed on their days, and how many of each."""
    won = {d.id for d in _open_deals(facts, partner) if as_of < d.expected_close <= horizon}
    deals = [replace(d, status="won", closed=d.expected_close) if d.id in won else d for d in facts.of("deal")]
    due = {c.id for c in facts.of("contract") if _comes_up(facts, c, as_of, horizon, partner)}
    contracts = [_kept(c) if c.id in due else c for c in facts.of("contract")]
    renewals = [next_term(c, c.recurring) for c in contracts if c.id in due]
    changed = Facts({**facts.rows, "deal": tuple(deals), "contract": (*contracts, *renewals)})
    coming = [p for c in changed.of("contract") if c.partner == partner for p in billed(c, as_of, horizon)]
    return _with(changed, {"transaction": coming}), tuple(_assumed(len(won), len(due)))


def _assumed(won: int, due: int) -> Iterator[str]:
    if won:
        yield f"{won} open {'deal' if won == 1 else 'deals'} won on {'its' if won == 1 else 'their'} expected day"
    if due:
        yield f"{due} {'contract' if due == 1 else 'contracts'} renewed at {'its' if due == 1 else 'their'} amount"


def _comes_up(facts: Facts, contract: Contract, as_of: date, horizon: date, partner: str) -> bool:
    if contract.partner != partner or contract.outcome != "open" or contract.end is None:
        return False
    return as_of <= contract.end <= horizon and not _renewed(facts, contract)


def _kept(contract: Contract) -> Contract:
    return replace(contract, outcome="renewed", outcome_on=contract.end, outcome_amount=contract.recurring)


def _renewed(facts: Facts, contract: Contract) -> bool:
    return any(c.renewal_of == contract.id for c in facts.of("contract"))


def next_term(contract: Contract, recurring: Decimal | None) -> Contract:
    """The next term of the same length, at an amount a year; of a contract that ends."""
    assert contract.end is not None
    start = contract.end + timedelta(days=1)
    length = (contract.end - contract.start).days if contract.start else 364
    return replace(
        contract,
        id=f"{contract.id}:renewed",
        start=start,
        end=start + timedelta(days=length),
        recurring=recurring,
        renewal_of=contract.id,
        outcome="open",
        outcome_on=None,
        outcome_amount=None,
        probability=None,
    )


def billed(contract: Contract, as_of: date, horizon: date) -> Iterator[Transaction]:
    """The payments of a contract that fall after the as-of day, by its cadence, up to its end and the horizon."""
    if contract.start is None or contract.recurring is None or contract.outcome == "churned":
        return
    step = CADENCE.get(contract.cadence, 12)
    amount = rounded(contract.recurring * step / 12, places(contract.currency))
    last = min(horizon, contract.end or horizon)
    number, day = 0, contract.start
    while day <= last:
        if day > as_of:
            yield Transaction(
                id=f"{contract.id}:due:{day.isoformat()}",
                partner=contract.partner,
                customer=contract.customer,
                product=contract.product,
                kind="payment",
                day=day,
                amount=amount,
                currency=contract.currency,
                contract=contract.id,
                deal=contract.deal,
            )
        number += 1
        day = add_months(contract.start, step * number)


def _open_deals(facts: Facts, partner: str) -> list[Any]:
    return [d for d in facts.of("deal") if d.partner == partner and d.status == "open" and d.expected_close is not None]


def _with(facts: Facts, more: Mapping[str, Sequence[Any]]) -> Facts:
    return Facts({**facts.rows, **{kind: (*facts.of(kind), *rows) for kind, rows in more.items()}})
