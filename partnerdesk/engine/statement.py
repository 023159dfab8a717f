"""The statement of a period: a roll-forward from opening to closing in held, payable and total, with its checks."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Generic, TypeVar

from partnerdesk.engine.figure import Excluded
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import HELD, PAYABLE, CheckResult, EarningLine, Entry, Held, Row, Statement
from partnerdesk.engine.period import Period, add_months, previous_period
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.rules import Program
from partnerdesk.engine.scoring import scored
from partnerdesk.engine.tiers import tier_on
from partnerdesk.engine.timing import Hold

N = TypeVar("N")

# Rows after the earnings: key, label, entry kinds, reference, whether it is a transfer.
MOVEMENTS = (
    ("deferred", "Transfer: deferred to vesting", ("deferral",), "3 Held and releases", True),
    ("holdback", "Transfer: holdback withheld", ("holdback",), "3 Held and releases", True),
    ("released", "Transfer: released", ("release",), "3 Held and releases", True),
    ("clawback", "Clawed back", ("clawback",), "4 Clawbacks and adjustments", False),
    ("forfeited", "Forfeited", ("forfeiture",), "3 Held and releases", False),
    ("topup", "Safety-net top-up", ("topup",), "2 Earnings, TOPUP", False),
    ("adjusted", "Manual adjustments", ("adjustment",), "4 Clawbacks and adjustments", False),
    ("trueup", "Corrections to closed periods", ("trueup",), "4 Clawbacks and adjustments", False),
    ("paid", "Paid", ("payment",), "remittance", False),
)


class StatementBook(Generic[N]):
    """Builds any period's statement of one partner from its entries; balances are summed once."""

    def __init__(
        self,
        reckoning: Reckoning[N],
        lines: list[EarningLine[N]],
        entries: list[Entry[N]],
        holds: list[Hold[N]],
        uncounted: list[Excluded],
    ) -> None:
        self.reckoning, self.lines, self.entries = reckoning, lines, entries
        self.holds, self.uncounted = holds, uncounted
        self.ar, self.currency = reckoning.arithmetic, reckoning.world.currency

    @cached_property
    def by_period(self) -> dict[Period, list[Entry[N]]]:
        groups: dict[Period, list[Entry[N]]] = defaultdict(list)
        for entry in self.entries:
            groups[entry.period].append(entry)
        return groups

    @cached_property
    def _balances(self) -> dict[Period, tuple[N, N]]:
        """Closing (held, payable) of every period that has entries."""
        found: dict[Period, tuple[N, N]] = {}
        held, payable = self._sum([], "nothing"), self._sum([], "nothing")
        for period in sorted(self.by_period, key=lambda p: p.start):
            own = self.by_period[period]
            label = f"closing {period}"
            held = self._sum([held, *(e.amount for e in own if e.bucket == HELD)], label)
            payable = self._sum([payable, *(e.amount for e in own if e.bucket == PAYABLE)], label)
            found[period] = (held, payable)
        return found

    def closing(self, period: Period) -> tuple[N, N]:
        """Held and payable at the end of a period: of the last period with entries up to it."""
        before = [p for p in self._balances if p.start <= period.start]
        if not before:
            zero = self._sum([], "nothing")
            return zero, zero
        return self._balances[max(before, key=lambda p: p.start)]

    def statement(self, period: Period) -> Statement[N]:
        """The period's statement."""
        reckoning = self.reckoning
        program = reckoning.program_at(min(period.end, reckoning.as_of))
        own = self.by_period.get(period, [])
        opening = self.closing(previous_period(period, program.fiscal_year_starts))
        rows = self._rows(program, period, own, opening)
        lines = tuple(line for line in self.lines if line.period == period)
        score_period = self._score_period(program, period)
        score = scored(reckoning, score_period) if program.score and score_period else None
        return Statement(
            partner=reckoning.world.partner.id,
            period=period,
            currency=self.currency,
            rows=rows,
            lines=lines,
            entries=tuple(own),
            held=tuple(self._held(period)),
            uncounted=tuple(x for x in self.uncounted if _falls_in(x, period)),
            checks=self._checks(rows, lines, own, opening),
            tier=tier_on(reckoning, min(period.end, reckoning.as_of)).tier,
            score=score.total if score else None,
        )

    def _score_period(self, program: Program, period: Period) -> Period | None:
        """The last score that is finished, or the running one where none is."""
        if program.score is None:
            return None
        last = self.reckoning.period(min(period.end, self.reckoning.as_of), program.score.every)
        if last.end > min(period.end, self.reckoning.as_of):
            return previous_period(last, program.fiscal_year_starts)
        return last

    def _rows(self, program: Program, period: Period, own: list[Entry[N]], opening: tuple[N, N]) -> tuple[Row[N], ...]:
        before = previous_period(period, program.fiscal_year_starts)
        rows = [self._row("opening", "Opening balance", *opening, f"closing of {before}")]
        earned: dict[str, list[Entry[N]]] = {rule.type: [] for rule in program.earning.values()}
        for entry in own:
            if entry.kind == "accrual":
                earned.setdefault(entry.type, []).append(entry)
        labels = {rule.type: rule.says for rule in reversed(list(program.earning.values()))}
        for type_, entries in earned.items():
            label = labels.get(type_, type_.capitalize())
            rows.append(self._of(f"earned.{type_}", label, entries, f"2 Earnings, {type_}"))
        for key, label, kinds, reference, transfer in MOVEMENTS:
            entries = [e for e in own if e.kind in kinds]
            named = sorted({e.reference for e in entries if e.reference and key in ("paid", "adjusted")})
            rows.append(self._of(key, label, entries, ", ".join(named) or reference, transfer))
        held = self._sum([r.held for r in rows], "Closing balance, held")
        payable = self._sum([r.payable for r in rows], "Closing balance, payable")
        rows.append(self._row("closing", "Closing balance", held, payable, "opening of the next statement"))
        return tuple(rows)

    def _of(self, key: str, label: str, entries: Iterable[Entry[N]], reference: str, transfer: bool = False) -> Row[N]:
        entries = list(entries)
        held = self._sum([e.amount for e in entries if e.bucket == HELD], f"{label}, held")
        payable = self._sum([e.amount for e in entries if e.bucket == PAYABLE], f"{label}, payable")
        return self._row(key, label, held, payable, reference, transfer)

    def _row(self, key: str, label: str, held: N, payable: N, reference: str, transfer: bool = False) -> Row[N]:
        return Row(key, label, held, payable, self._sum([held, payable], label), reference, transfer)

    def _sum(self, parts: list[N], label: str) -> N:
        return self.ar.sum(parts, self.currency, label)

    def _held(self, period: Period) -> Iterable[Held[N]]:
        """What is held at the period's end, with the months in which it is due."""
        end = min(period.end, self.reckoning.as_of)
        for hold in self.holds:
            if hold.start > end:
                continue
            moved = self._sum([n for day, n in hold.moves if day <= end], "released or taken")
            left = self.ar.difference(hold.amount, moved, self.currency, "still held")
            ended_now = any(day in period for day, _ in hold.moves)
            if self.ar.value(left) == 0 and not ended_now:
                continue
            open_ = self.ar.value(left) != 0
            due = hold.due if hold.due is not None and hold.due > end else None
            schedule = ((due, left),) if due and open_ else ()
            yield Held(
                hold.id,
                hold.line,
                hold.kind,
                hold.amount,
                moved,
                left,
                due if open_ else None,
                hold.condition,
                schedule,
            )

    def _checks(
        self, rows: tuple[Row[N], ...], lines: tuple[EarningLine[N], ...], own: list[Entry[N]], opening: tuple[N, N]
    ) -> tuple[CheckResult, ...]:
        """Five identities that must hold to the cent, each from another side than the rows were made from."""
        value = self.ar.value
        by_key = {r.key: r for r in rows}
        moved = sum((value(e.amount) for e in own), ZERO)
        begun = sum((value(n) for n in opening), ZERO)
        earned = sum((value(r.total) for r in rows if r.key.startswith("earned.") or r.key == "topup"), ZERO)
        posted = {e.line for e in own if e.kind in ("accrual", "topup")}
        detail = sum((value(line.amount) for line in lines if line.id in posted), ZERO)
        world, period = self.reckoning.world, own[0].period if own else None
        payments = world.series("payment", "day").rows if period else []
        remitted = sum((self._remitted(p) for p in payments if period and p.day in period), ZERO)
        return (
            CheckResult("Movements equal the closing balance", begun + moved - value(by_key["closing"].total)),
            CheckResult("Transfers net to zero", sum((value(r.total) for r in rows if r.transfer), ZERO)),
            CheckResult("Detail equals summary", detail - earned),
            CheckResult("Paid equals remittances", value(by_key["paid"].total) + remitted),
            CheckResult("Opening equals the last closing", begun - value(by_key["opening"].total)),
        )

    def _remitted(self, payment: object) -> Decimal:
        amount: Decimal = getattr(payment, "amount", None) or ZERO
        day: date = payment.day  # type: ignore[attr-defined]
        if day > self.reckoning.as_of:
            return ZERO
        rate, _ = self.reckoning.world.exchange(payment.currency, day)  # type: ignore[attr-defined]
        return amount * rate


def _falls_in(excluded: Excluded, period: Period) -> bool:
    from partnerdesk.engine.facts import KIND_OF
    from partnerdesk.engine.world import happened

    day = happened(KIND_OF[type(excluded.fact)], excluded.fact)
    return day is not None and day in period


def months_ahead(day: date, count: int) -> list[date]:
    """The last days of the months after a day."""
    first = day.replace(day=1)
    return [date.fromordinal(add_months(first, i + 2).toordinal() - 1) for i in range(count)]
