"""When an earning becomes payable: vesting, holdback and release, clawback of what was paid; lines become entries.

Deferral, holdback and release move an amount between held and payable and net to zero. A clawback takes what is
still unvested first, then what is held back of the same line, then what was payable, and never more than was earned.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar

from partnerdesk.engine.clawback import Taking, takings
from partnerdesk.engine.earnings.limits import rule_name
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import HELD, PAYABLE, EarningLine, Entry, RuleRef
from partnerdesk.engine.period import Period, add_months, next_period, periods
from partnerdesk.engine.reckoning import Reckoning, origin, rule_ref
from partnerdesk.engine.rules import Earning, Holdback, Program, Vest
from partnerdesk.engine.tiers import met

N = TypeVar("N")


@dataclass
class Hold(Generic[N]):
    """An amount kept back: since when, until when if that is known, and what has moved out of it."""

    id: str
    line: str
    kind: str  # vesting or holdback
    amount: N
    start: date
    due: date | None
    condition: str
    moves: list[tuple[date, N]] = field(default_factory=list)


class Timed(NamedTuple, Generic[N]):
    entries: list[Entry[N]]
    holds: list[Hold[N]]


class Resolution(NamedTuple):
    """When and how a vesting share ends: released or forfeited on `day`, or still open until `due`."""

    day: date | None
    kind: str
    due: date | None
    condition: str


def timed(reckoning: Reckoning[N], lines: list[EarningLine[N]], first: date) -> Timed[N]:
    """All entries that follow from the lines up to the as-of day, and the holds behind them."""
    result: Timed[N] = Timed([], [])
    for line in lines:
        _LineTiming(reckoning, line, result).run()
    for program in reckoning.programs:
        for i, holdback in enumerate(program.holdback):
            if holdback.every:
                _hold_sums(reckoning, program, i, holdback, lines, first, result)
    result.entries.sort(key=lambda e: (e.day, e.line, e.id))
    return result


class _LineTiming(Generic[N]):
    """The life of one line's money."""

    def __init__(self, reckoning: Reckoning[N], line: EarningLine[N], result: Timed[N]) -> None:
        self.reckoning, self.line, self.result = reckoning, line, result
        self.ar = reckoning.arithmetic
        self.program = next(p for p in reckoning.programs if p.version == line.rule.version)
        self.rule: Earning | None = self.program.earning.get(rule_name(line))

    def run(self) -> None:
        line = self.line
        self.entry("accrual" if line.type != "TOPUP" else "topup", PAYABLE, line.process, line.amount, line.id)
        if self.rule is None or self.ar.value(line.amount) <= 0:
            return
        happenings: list[tuple[date, int, Any, Any]] = []
        if self.rule.vests:
            happenings += self.defer(self.rule)
        held = [h for h in self.program.holdback if not h.every and rule_name(line) in h.of]
        for i, holdback in enumerate(held):
            happenings += self.hold_back(i, holdback)
        if self.rule.clawback:
            happenings += [(t.day, 0, "clawback", t) for t in takings(self.reckoning, self.rule, line)]
        for day, _, kind, what in sorted(happenings, key=lambda h: (h[0], h[1])):
            if kind == "clawback":
                self.claw_back(what)
            else:
                self.let_go(kind, what, day)

    def entry(
        self, kind: str, bucket: str, day: date, amount: N, id: str, note: str = "", rule: RuleRef | None = None
    ) -> None:
        line = self.line
        period = line.period if day == line.process else self.reckoning.period(day, self.program.statements)
        self.result.entries.append(
            Entry(
                f"{id}:{kind}:{bucket}",
                kind,
                bucket,
                day,
                period,
                amount,
                line.partner,
                line.id,
                line.type,
                rule or line.rule,
                note,
            )
        )

    def transfer(self, kind: str, day: date, amount: N, id: str, into: str, note: str) -> None:
        """Moves an amount into a bucket out of the other one."""
        out = PAYABLE if into == HELD else HELD
        self.entry(kind, into, day, amount, id, note)
        self.entry(kind, out, day, self.ar.negative(amount, note), id, note)

    def defer(self, rule: Earning) -> list[tuple[date, int, str, Hold[N]]]:
        line = self.line
        labels = [vest_words(v) for v in rule.vests]
        parts = self.ar.split(line.amount, [v.share for v in rule.vests], self.program.rounding.decimals, labels)
        found = []
        for i, (vest, part) in enumerate(zip(rule.vests, parts, strict=True)):
            if vest.at == "event" and vest.after_months == 0:
                continue
            end = _resolution(self.reckoning, vest, line)
            hold = Hold(f"{line.id}:v{i + 1}", line.id, "vesting", part, line.process, end.due, end.condition)
            self.result.holds.append(hold)
            self.transfer("deferral", line.process, part, hold.id, HELD, labels[i])
            if end.day is not None and end.day <= self.reckoning.as_of:
                found.append((end.day, 1, end.kind, hold))
        return found

    def hold_back(self, i: int, rule: Holdback) -> list[tuple[date, int, str, Hold[N]]]:
        line, ar = self.line, self.ar
        where = origin(self.program, f"holdback.{i}")
        share = ar.rule(rule.share, "%", rule.says, where)
        held = ar.round(
            ar.product([line.amount, share], line.currency, rule.says),
            self.program.rounding.decimals,
            self.program.rounding.mode,
        )
        period = self.reckoning.period(line.event, rule.release_unit)
        due, kind = _release(self.reckoning, self.program, rule, period)
        hold = Hold(f"{line.id}:h{i + 1}", line.id, "holdback", held, line.process, due.end, release_words(rule, due))
        self.result.holds.append(hold)
        self.transfer("holdback", line.process, held, hold.id, HELD, rule.says)
        return [(due.end, 2, kind, hold)] if due.end <= self.reckoning.as_of else []

    def let_go(self, kind: str, hold: Hold[N], day: date) -> None:
        """Releases or forfeits what is left of a hold."""
        left = remaining(self.reckoning, hold)
        if self.ar.value(left) == 0:
            return
        hold.moves.append((day, left))
        if kind == "release":
            self.transfer("release", day, left, hold.id, PAYABLE, hold.condition)
        else:
            self.entry("forfeiture", HELD, day, self.ar.negative(left, hold.condition), hold.id, hold.condition)

    def claw_back(self, taking: Taking[N]) -> None:
        """Takes an amount back: unvested first, then held back, then payable."""
        ar, left = self.ar, taking.amount
        rule = rule_ref(self.program, f"{self.line.rule.key}.clawback", taking.reference or self.line.rule.reference)
        own = [h for h in self.result.holds if h.line == self.line.id and h.start <= taking.day]
        for hold in sorted(own, key=lambda h: (h.kind != "vesting", h.id)):
            open_ = remaining(self.reckoning, hold)
            if ar.value(open_) <= 0 or ar.value(left) <= 0:
                continue
            part = ar.least([open_, left], self.line.currency, "taken from what is held")
            hold.moves.append((taking.day, part))
            self.entry(
                "clawback",
                HELD,
                taking.day,
                ar.negative(part, taking.note),
                f"{hold.id}:{taking.id}",
                taking.note,
                rule,
            )
            left = ar.difference(left, part, self.line.currency, "left to take back")
        if ar.value(left) > 0:
            id = f"{self.line.id}:{taking.id}"
            self.entry("clawback", PAYABLE, taking.day, ar.negative(left, taking.note), id, taking.note, rule)


def remaining(reckoning: Reckoning[N], hold: Hold[N]) -> N:
    """What is still in a hold after all its moves."""
    left = hold.amount
    for _, moved in hold.moves:
        left = reckoning.arithmetic.difference(left, moved, reckoning.world.currency, "still held")
    return left


def _resolution(reckoning: Reckoning[N], vest: Vest, line: EarningLine[N]) -> Resolution:
    words = vest_words(vest)
    if vest.at == "event":
        due = add_months(line.event, vest.after_months)
        return Resolution(due, "release", due, words)
    attribute = "live" if vest.at == "customer live" else "first_value"
    reached = reckoning.world.live_day(line.deal, line.customer, line.event, attribute)
    deadline = None if vest.within_months is None else add_months(line.event, vest.within_months)
    if reached is not None and reached <= reckoning.as_of and (deadline is None or reached <= deadline):
        due = add_months(max(reached, line.event), vest.after_months)
        return Resolution(due, "release", due, words)
    if deadline is not None and deadline < reckoning.as_of:
        return Resolution(deadline, "forfeiture" if vest.otherwise == "forfeit" else "release", deadline, words)
    return Resolution(None, "", None, words)


def _release(reckoning: Reckoning[N], program: Program, rule: Holdback, period: Period) -> tuple[Period, str]:
    """The period at whose end a holdback ends, and how: release or forfeiture."""
    due = period
    for _ in range(rule.release_after):
        due = next_period(due, program.fiscal_year_starts)
    kind = "release"
    if rule.when is not None and due.end <= reckoning.as_of and not met(reckoning, program, rule.when, due):
        kind = "release" if rule.otherwise == "release" else "forfeiture"
    return due, kind


def _hold_sums(
    reckoning: Reckoning[N],
    program: Program,
    i: int,
    rule: Holdback,
    lines: list[EarningLine[N]],
    first: date,
    result: Timed[N],
) -> None:
    """Holds a share of a period's sum at its end, rounded once."""
    sums: dict[Period, list[EarningLine[N]]] = defaultdict(list)
    for line in lines:
        if rule_name(line) in rule.of and line.rule.version == program.version:
            sums[reckoning.period(line.event, rule.every)].append(line)
    for period in periods(first, reckoning.as_of, rule.every, program.fiscal_year_starts):
        if period in sums and period.end <= reckoning.as_of:
            _hold_sum(reckoning, program, (i, rule), period, sums[period], result)


def _hold_sum(
    reckoning: Reckoning[N],
    program: Program,
    numbered: tuple[int, Holdback],
    period: Period,
    lines: list[EarningLine[N]],
    result: Timed[N],
) -> None:
    i, rule = numbered
    ar, currency = reckoning.arithmetic, reckoning.world.currency
    share = ar.rule(rule.share, "%", rule.says, origin(program, f"holdback.{i}"))
    total = ar.sum([line.amount for line in lines], currency, "earned in the period")
    held = ar.round(ar.product([total, share], currency, rule.says), program.rounding.decimals, program.rounding.mode)
    if ar.value(held) <= ZERO:
        return
    unit_period = reckoning.period(period.end, rule.release_unit)
    due, kind = _release(reckoning, program, rule, unit_period)
    hold = Hold(f"holdback.{i}:{period}", "", "holdback", held, period.end, due.end, release_words(rule, due))
    result.holds.append(hold)
    ref = rule_ref(program, f"holdback.{i}", rule.reference)

    def entry(what: str, bucket: str, day: date, amount: N) -> None:
        statement = reckoning.period(day, program.statements)
        id = f"{hold.id}:{what}:{bucket}"
        partner = reckoning.world.partner.id
        result.entries.append(Entry(id, what, bucket, day, statement, amount, partner, "", "", ref, hold.condition))

    minus = ar.negative(held, rule.says)
    entry("holdback", HELD, period.end, held)
    entry("holdback", PAYABLE, period.end, minus)
    if due.end <= reckoning.as_of:
        hold.moves.append((due.end, held))
        entry(kind, HELD, due.end, minus)
        if kind == "release":
            entry(kind, PAYABLE, due.end, held)


def vest_words(vest: Vest) -> str:
    """When a share becomes payable, in words."""
    after = f"{vest.after_months} months after " if vest.after_months else ""
    if vest.at == "event":
        return f"{after}the event" if after else "at once"
    what = "go-live" if vest.at == "customer live" else "first value"
    within = f" within {vest.within_months} months" if vest.within_months is not None else ""
    return f"{after}the customer's {what}{within}"


def release_words(rule: Holdback, due: Period) -> str:
    """When a holdback is released, in words."""
    condition = f", if {rule.when.says}" if rule.when is not None and rule.when.says else ""
    return f"end of {due}{condition}"
