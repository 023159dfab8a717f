"""The ledger of one fund: entries and deadlines in order of time, each a movement from one place into another.

What happens on one day happens in this order: what is put in, entries by their kind, then, at the day's end, what
lapses and what expires. Nothing depends on what comes later, so the ledger up to a day is a part of every later one.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from heapq import heappop, heappush
from typing import Generic

from partnerdesk.engine.facts import FundEntry
from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.figures.reasons import amount_words
from partnerdesk.engine.funds.entries import ENTRY_KINDS, Money, request_of
from partnerdesk.engine.funds.lots import Lot, Lots, Used
from partnerdesk.engine.funds.matter import Matter
from partnerdesk.engine.funds.putting import Put
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import FundMove, RuleRef
from partnerdesk.engine.outcome.funds import APPROVED, AVAILABLE, CLAIMED, EXPIRED, OUTSIDE, REIMBURSED
from partnerdesk.engine.problem import Problem
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.rules import Fund

LAPSING, EXPIRING = len(ENTRY_KINDS), len(ENTRY_KINDS) + 1


class Ledger(Generic[N]):
    """One fund of one partner, told day by day."""

    def __init__(self, reckoning: Reckoning[N], name: str, entries: Sequence[FundEntry], through: date) -> None:
        self.reckoning, self.ar, self.name, self.through = reckoning, reckoning.arithmetic, name, through
        is_ruled = any(name in version.program.fund for version in reckoning.terms.versions)
        self.money = Money(reckoning, is_ruled, entries)
        self.currency, self.problems = self.money.currency, self.money.problems
        self.nothing = reckoning.arithmetic.labelled(reckoning.nothing, "nothing")
        self.lots: Lots[N] = Lots(self.ar, self.currency)
        self.moves: list[FundMove[N]] = []
        self.matters: dict[str, Matter[N]] = {}
        self.agenda: list[tuple[date, int, str, int, Callable[[], None]]] = []
        self.requests = request_of(entries)
        self.rows = entries

    def rule(self, day: date) -> tuple[Fund | None, RuleRef | None]:
        """The fund's rule on a day, if the program has one."""
        version = self.reckoning.terms.at(day)
        rule = version.program.fund.get(self.name)
        return (rule, version.ref(f"fund.{self.name}", rule.reference)) if rule is not None else (None, None)

    def plan(self, day: date, rank: int, id: str, action: Callable[[], None]) -> None:
        if day <= self.through:
            heappush(self.agenda, (day, rank, id, len(self.agenda), action))

    def run(self, puts: Iterable[Put[N]]) -> None:
        """Lets everything up to the ledger's day happen."""
        for put in puts:
            self.plan(put.day, 0, put.id, partial(self.put, put))
        for row in self.rows:
            kind, day = row.kind.strip().casefold(), row.day or date.min
            if kind not in ENTRY_KINDS:
                remedy = f"Known: {', '.join(ENTRY_KINDS)}."
                self.problems.append(Problem(f"fund entry {row.id}", f"“{row.kind}” is no kind of entry.", remedy))
                continue
            self.plan(day, ENTRY_KINDS.index(kind), row.id, partial(getattr(self, f"_{kind}"), row, day))
        while self.agenda:
            heappop(self.agenda)[-1]()

    def put(self, put: Put[N]) -> None:
        """Money comes into the fund, for as long as it may be used."""
        lot = Lot(put.id, put.amount, put.expires)
        self.move(put.id, put.kind, put.day, put.amount, (OUTSIDE, AVAILABLE), "", put.note, put.rule)
        self.lots.put(lot)
        if put.expires is not None:
            last = max(put.expires, put.day)
            self.plan(last, EXPIRING, put.id, partial(self.expire, lot, last, put.rule))

    def move(
        self,
        id: str,
        kind: str,
        day: date,
        amount: N | None,
        way: tuple[str, str],
        request: str,
        note: str,
        rule: RuleRef | None = None,
    ) -> None:
        """Writes a movement down; one of nothing is none."""
        if amount is not None and amount > ZERO:
            rule = rule or self.rule(day)[1]
            self.moves.append(FundMove(id, kind, day, amount, *way, request, note, rule))

    def matter(self, row: FundEntry, day: date) -> Matter[N]:
        """The request that an entry belongs to."""
        id = self.requests[row.id]
        found = self.matters.get(id)
        if found is None:
            no = self.nothing
            found = self.matters[id] = Matter(id, day, no, no, no, no, no, Used())
        found.rows.append(row)
        if row.activity is not None:
            activity = self.reckoning.world.row("activity", row.activity)
            found.activity = row.activity
            if activity is not None:
                found.happens, found.kind = activity.day, activity.kind or ""
        return found

    def add(self, a: N, b: N, label: str) -> N:
        return b if a is self.nothing else self.ar.sum([a, b], self.currency, label)

    def less(self, a: N, b: N, label: str) -> N:
        return self.ar.difference(a, b, self.currency, label)

    def wrong(self, row: FundEntry, message: str, remedy: str) -> None:
        self.problems.append(Problem(f"fund entry {row.id}", message, remedy, warning=True))

    # Entries, by their kind

    def _allocation(self, row: FundEntry, day: date) -> None:
        amount = self.money.of(row, "amount", "allocated", day)
        if amount is None:
            return
        note = row.project or "allocated"
        if amount < ZERO:
            back = self.ar.negative(amount, "taken back")
            self.take_away(row, back)
            self.move(row.id, "expiry", day, back, (AVAILABLE, EXPIRED), "", note)
            return
        self.put(Put(row.id, "allocation", day, amount, row.due, note, None))

    def take_away(self, row: FundEntry, amount: N) -> None:
        """Takes what is available away; more than there is stays visible as a problem."""
        if self.lots.take(amount, Used()):
            self.wrong(row, "it takes more than the fund has available.", "Allocate more, or correct the amount.")

    def _request(self, row: FundEntry, day: date) -> None:
        matter, amount = self.matter(row, day), self.money.of(row, "amount", "requested", day)
        matter.day = day
        if amount is not None:
            matter.requested = self.add(matter.requested, amount, "requested")
        rule, _ = self.rule(day)
        matter.decide_by = row.due or matter.after(rule.decide_days if rule else None, day)

    def _approval(self, row: FundEntry, day: date) -> None:
        matter = self.matter(row, day)
        amount = self.money.of(row, "amount", "approved", matter.day)
        if amount is None:
            amount = matter.requested
        if amount <= ZERO:
            return
        rule, _ = self.rule(day)
        self.approve(matter, row, amount, day)
        by = matter.approve(rule, row, day)
        if by is not None:
            self.plan(max(by, day), LAPSING, row.id, partial(self.lapse_approval, matter, (by, day), row.id))

    def approve(self, matter: Matter[N], row: FundEntry, amount: N, day: date) -> None:
        """Takes an approved amount out of what is available; more than there is stays visible as a problem."""
        is_over = self.lots.take(amount, matter.used)
        matter.approved = self.add(matter.approved, amount, "approved")
        self.move(f"{row.id}:a", "approval", day, amount, (AVAILABLE, APPROVED), matter.id, row.project or "approved")
        if is_over:
            self.wrong(row, "it commits more than the fund has available.", "Allocate more, or correct the amount.")

    def _denial(self, row: FundEntry, day: date) -> None:
        self.matter(row, day).denied = True

    def _claim(self, row: FundEntry, day: date) -> None:
        matter = self.matter(row, day)
        rule, _ = self.rule(day)
        cost, asked = (self.money.of(row, name, name, matter.day) for name in ("cost", "amount"))
        bounds = [matter.approved, *([asked] if asked is not None else [])]
        if cost is not None:
            bounds.append(self.shared(cost, rule, day, matter.kind))
        amount = self.ar.least(bounds, self.currency, "claimed, at most what is approved and shared")
        if rule is not None and ZERO < amount < rule.claim_minimum:
            least = amount_words(rule.claim_minimum, self.currency)
            message = (
                f"it comes to {amount_words(self.ar.value(amount), self.currency)}, and less than {least} is no claim."
            )
            self.wrong(row, message, "Claim more at once, or release what is approved.")
            return
        by = matter.claim(rule, row, day)
        matter.cost = matter.cost if cost is None else cost
        if matter.approved <= ZERO:
            self.wrong(row, "it claims what nobody approved.", "Record the approval, or deny it.")
            return
        matter.approved = self.less(matter.approved, amount, "approved and not claimed")
        matter.claimed = self.add(matter.claimed, amount, "claimed")
        self.move(f"{row.id}:c", "claim", day, amount, (APPROVED, CLAIMED), matter.id, row.project or "claimed")
        if by is not None:
            self.plan(max(by, day), LAPSING, row.id, partial(self.lapse_claim, matter, (by, day), row.id))

    def shared(self, cost: N, rule: Fund | None, day: date, kind: str) -> N:
        """The part of an activity's cost that the fund pays at most."""
        if rule is None:
            return cost
        version, ar = self.reckoning.terms.at(day), self.ar
        if kind in rule.cost_share_by:
            origin = version.origin(f"fund.{self.name}.cost_share_by")
            share = ar.choice(rule.cost_share_by, kind, "%", f"share of the cost of {kind}", origin)
        else:
            share = ar.rule(rule.cost_share, "%", "share of the cost", version.origin(f"fund.{self.name}.cost_share"))
        rounding = version.program.rounding
        return ar.round(ar.product([cost, share], self.currency, "shared"), rounding.decimals, rounding.mode)

    def _proof(self, row: FundEntry, day: date) -> None:
        self.matter(row, day).prove(self.rule(day)[0], row, day)

    def _reimbursement(self, row: FundEntry, day: date) -> None:
        matter = self.matter(row, day)
        amount = self.money.of(row, "amount", "reimbursed", matter.day)
        if amount is None:
            amount = matter.claimed
        if amount <= ZERO:
            return
        if self.ar.value(amount) > self.ar.value(matter.claimed):
            self.imply(matter, row, self.less(amount, matter.claimed, "paid and not claimed"), day)
        matter.claimed = self.less(matter.claimed, amount, "claimed and not paid")
        matter.paid = self.add(matter.paid, amount, "reimbursed")
        self.move(f"{row.id}:r", "reimbursement", day, amount, (CLAIMED, REIMBURSED), matter.id, row.result or "paid")

    def imply(self, matter: Matter[N], row: FundEntry, missing: N, day: date) -> None:
        """What was paid had been claimed, and before that approved: the steps that nobody recorded."""
        self.wrong(row, "more was paid than is claimed.", "Record the claim, or correct the amount.")
        if self.ar.value(missing) > self.ar.value(matter.approved):
            self.approve(matter, row, self.less(missing, matter.approved, "paid and not approved"), day)
        matter.approved = self.less(matter.approved, missing, "approved and not claimed")
        matter.claimed = self.add(matter.claimed, missing, "claimed")
        self.move(f"{row.id}:c", "claim", day, missing, (APPROVED, CLAIMED), matter.id, "paid without a claim")

    def _release(self, row: FundEntry, day: date) -> None:
        """A person gives back what is approved or claimed and not needed, all of it where no amount is named."""
        matter = self.matter(row, day)
        open_ = self.ar.sum([matter.approved, matter.claimed], self.currency, "open")
        amount = self.money.of(row, "amount", "released", matter.day)
        amount = open_ if amount is None else self.ar.least([amount, open_], self.currency, "released, at most")
        from_approved = self.ar.least([matter.approved, amount], self.currency, "of what is approved")
        self.give_up(matter, row.id, "release", day, from_approved, APPROVED, "not needed")
        rest = self.less(amount, from_approved, "of what is claimed")
        self.give_up(matter, row.id, "release", day, rest, CLAIMED, "not needed")

    def _expiry(self, row: FundEntry, day: date) -> None:
        amount = self.money.of(row, "amount", "expired", day)
        if amount is not None and amount > ZERO:
            self.take_away(row, amount)
            self.move(row.id, "expiry", day, amount, (AVAILABLE, EXPIRED), "", row.project or "expired")

    # What time does

    def lapse_approval(self, matter: Matter[N], days: tuple[date, date], id: str) -> None:
        """What is approved and was not claimed in time goes back, or is forfeited; `days` say until and since when."""
        if matter.claim_by == days[0]:
            self.give_up(matter, id, "lapse", max(days), matter.approved, APPROVED, "not claimed in time")

    def lapse_claim(self, matter: Matter[N], days: tuple[date, date], id: str) -> None:
        """A claim without proof in time goes back, or is forfeited; `days` say until and since when."""
        if matter.proof_by == days[0] and not matter.proven and matter.claimed > ZERO:
            matter.missed = True
            self.give_up(matter, id, "lapse", max(days), matter.claimed, CLAIMED, "no proof in time")

    def give_up(self, matter: Matter[N], id: str, kind: str, day: date, amount: N, source: str, note: str) -> None:
        """Takes an amount out of a request: back to where it came from, or away for good."""
        if amount <= ZERO:
            return
        rule, ref = self.rule(day)
        is_lost = kind == "lapse" and rule is not None and rule.lapsed == "forfeited"
        back, gone = self.lots.give_back(matter.used, amount, is_lost)
        letter = source[0]
        self.move(f"{id}:{kind}:{letter}", kind, day, back, (source, AVAILABLE), matter.id, note, ref)
        self.move(f"{id}:{kind}:{letter}x", kind, day, gone, (source, EXPIRED), matter.id, note, ref)
        if source == APPROVED:
            matter.approved = self.less(matter.approved, amount, "approved")
        else:
            matter.claimed = self.less(matter.claimed, amount, "claimed")
        matter.lapsed = self.add(matter.lapsed, amount, "given up")

    def expire(self, lot: Lot[N], day: date, rule: RuleRef | None) -> None:
        """What is left of an amount on its last day is lost at that day's end."""
        amount = self.lots.expire(lot)
        self.move(f"{lot.id}:x", "expiry", day, amount, (AVAILABLE, EXPIRED), "", "not used in time", rule)
