"""The statement of a period: a roll-forward from opening to closing in held, payable and total."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Generic

from partnerdesk.engine.figures.figure import Excluded, N, is_zero
from partnerdesk.engine.outcome import HELD, LOSS, OPENING, PAYABLE, EarningLine, Entry, Held, Row, Score, Statement
from partnerdesk.engine.period import Period, add_months
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.settling.holds import Hold
from partnerdesk.engine.settling.statement_checks import checks
from partnerdesk.engine.tiers.eligibility import takes_part
from partnerdesk.engine.tiers.scoring import scored
from partnerdesk.engine.tiers.tiers import tier_on

SELDOM = ("opened", "lapsed", "tax")  # rows that a statement has only where there is something of them
OPENED = "Balances taken over"
LAPSED = "Forfeited or waived"
TAX_WITHHELD = "Tax withheld"
# Rows after the earnings: key, label, kind of entry, reference, whether it is a transfer.
MOVEMENTS = (
    ("deferred", "Transfer: deferred to vesting", "deferral", "3 Held and releases", True),
    ("holdback", "Transfer: holdback withheld", "holdback", "3 Held and releases", True),
    ("released", "Transfer: released", "release", "3 Held and releases", True),
    ("clawback", "Clawed back", "clawback", "4 Clawbacks and adjustments", False),
    ("forfeited", "Forfeited", "forfeiture", "3 Held and releases", False),
    ("topup", "Safety-net top-up", "topup", "2 Earnings, TOPUP", False),
    ("adjusted", "Manual adjustments", "adjustment", "4 Clawbacks and adjustments", False),
    ("trueup", "Corrections to closed periods", "trueup", "4 Clawbacks and adjustments", False),
    ("lapsed", LAPSED, LOSS, "4 Clawbacks and adjustments", False),
    ("tax", TAX_WITHHELD, "tax", "7 Payments", False),
    ("paid", "Paid", "payment", "remittance", False),
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
        closed_to: date | None = None,
    ) -> None:
        self.reckoning, self.lines, self.entries = reckoning, lines, entries
        self.holds, self.uncounted, self.closed_to = holds, uncounted, closed_to
        self.ar, self.currency = reckoning.arithmetic, reckoning.currency

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
        reckoning, last = self.reckoning, min(period.end, self.reckoning.as_of)
        own = self.by_period.get(period, [])
        before = reckoning.calendar.after(period, -1)
        rows = self._rows(before, period, own)
        lines = tuple(line for line in self.lines if line.period == period)
        score = self._score(period)
        return Statement(
            partner=reckoning.world.partner.id,
            period=period,
            currency=self.currency,
            rows=rows,
            lines=lines,
            entries=tuple(own),
            held=tuple(self._held(period)),
            uncounted=tuple(x for x in self.uncounted if x.day is not None and x.day in period),
            checks=checks(self, period, rows, lines, own),
            tier=tier_on(reckoning, last) if takes_part(reckoning, period) else "",
            score=score.total if score else None,
        )

    def _score(self, period: Period) -> Score[N] | None:
        """The last score whose period is finished at the statement's end."""
        reckoning, last = self.reckoning, min(period.end, self.reckoning.as_of)
        rule = reckoning.terms.at(last).program.score
        if rule is None or not takes_part(reckoning, period):
            return None
        taken = reckoning.calendar.at(last, rule.every)
        if taken.end > last:
            taken = reckoning.calendar.after(taken, -1)
        return scored(reckoning, reckoning.terms.at_end(taken), taken)

    def _rows(self, before: Period, period: Period, own: list[Entry[N]]) -> tuple[Row[N], ...]:
        rows = [self._row("opening", "Opening balance", *self.closing(before), f"closing of {before}")]
        rules = self.reckoning.terms.at_end(period).program.earning.values()
        earned: dict[str, list[Entry[N]]] = {rule.type: [] for rule in rules}
        taken_over = [e for e in own if e.kind == OPENING]
        if taken_over:
            shown = ", ".join(sorted({e.reference for e in taken_over if e.reference}))
            rows.append(self._of("opened", OPENED, taken_over, shown or "opening statement"))
        for entry in own:
            if entry.kind == "accrual":
                earned.setdefault(entry.type, []).append(entry)
        for type_, entries in earned.items():
            # A row of several rules is none of them.
            names = {rule.says for rule in rules if rule.type == type_}
            label = names.pop() if len(names) == 1 else type_.capitalize()
            rows.append(self._of(f"earned.{type_}", label, entries, f"2 Earnings, {type_}"))
        for key, label, kind, reference, transfer in MOVEMENTS:
            entries = [e for e in own if e.kind == kind]
            if key in SELDOM and not entries:
                continue
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
            open_ = not is_zero(left)
            if not open_ and not ended_now:
                continue
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


def months_ahead(day: date, count: int) -> list[date]:
    """The last days of the months after a day."""
    first = day.replace(day=1)
    return [date.fromordinal(add_months(first, i + 2).toordinal() - 1) for i in range(count)]
