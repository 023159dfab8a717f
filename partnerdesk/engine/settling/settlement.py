"""What is due when: payouts by settlement period, from the entries of the ledger alone.

A payout supposes that the earlier ones were made as computed; real payments are facts and move balances, never the
other way round. What cannot be paid is carried: below the minimum, below zero, or while the partner may not be paid.
Only where a debt is to be waived it counts what was paid: payouts that were not made bear it first.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Generic

from partnerdesk.engine.benefits.effects import settlement_of
from partnerdesk.engine.figures.figure import N, is_zero
from partnerdesk.engine.figures.reasons import amount_words, day_words
from partnerdesk.engine.money import ONE, ZERO
from partnerdesk.engine.outcome import Entry, Payout
from partnerdesk.engine.period import Period
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.rules import Settlement
from partnerdesk.engine.semantics import SAYS_CONDITIONS
from partnerdesk.engine.settling.draws import holds, is_recoverable, promised
from partnerdesk.engine.settling.flow import Flow, Made
from partnerdesk.engine.settling.lapsing import Waiting
from partnerdesk.engine.settling.moved import SETTLEMENT, Due, moved_apart
from partnerdesk.engine.settling.payday import cut_day, paid_otherwise, pay_day, settlement_periods
from partnerdesk.engine.settling.unmade import Unmade, remitted
from partnerdesk.engine.terms.asking import need_words
from partnerdesk.engine.tiers.needs import met
from partnerdesk.engine.world.where import predicate

_UNMET = "the condition for payment is not met"


def payouts(
    reckoning: Reckoning[N],
    entries: Sequence[Entry[N]],
    since: Mapping[str, Due[N]] | None = None,
    *,
    as_made: bool = False,
) -> dict[str, Payout[N]]:
    """The payouts of a partner up to the running period, by key; periods in which nothing happens are left out.

    `since` has the entries that a hold or a dispute put in held, and the day on which each amount had become payable:
    it was not paid then, so the payout of that day is without it. `as_made` takes all of them as made, also where a
    debt is waived: for a book that says nothing of payments.
    """
    paid = None if as_made else remitted(reckoning, entries)
    found: list[Payout[N]] = []
    for type_, moved in moved_apart(reckoning, entries, since).items():
        found += Account(reckoning, type_, moved, paid).run()
    found.sort(key=lambda p: (p.period.start, p.type))
    return {p.key: p for p in found}


class Account(Generic[N]):
    """What is settled together, in order of time; `paid` is what was paid of it, None where all payouts are made."""

    def __init__(
        self, reckoning: Reckoning[N], type_: str, entries: Sequence[Entry[N]], paid: Sequence[Entry[N]] | None
    ) -> None:
        self.reckoning, self.type, self.entries = reckoning, type_, entries
        self.ar, self.currency, self.nothing = reckoning.arithmetic, reckoning.currency, reckoning.nothing
        self.days, self.waiting = [e.day for e in entries], Waiting(reckoning)
        self.unmade = None if paid is None else Unmade(reckoning, paid)

    def run(self) -> Iterator[Payout[N]]:
        carried, owed, stood, seen = self.nothing, self.nothing, self.nothing, 0
        for period in self.periods():
            rule, why = self.ruled(period)
            upto = max(seen, bisect_right(self.days, cut_day(rule, period)))
            moving = self.moving(self.entries[seen:upto])
            moved = self.sum([e.amount for e in moving], "became payable")
            due = moved if carried is self.nothing else self.sum([carried, moved], "due")
            unmade = self.nothing if self.unmade is None else self.unmade.on(period.end)
            flow = Flow(rule, why, carried, moved, due, owed, unmade, stood)
            paid = self.made(period, flow)
            made = self.lapsing(period, rule, paid)
            self.settle(period, flow, paid, made)
            payout = self.payout(period, flow, made)
            if not all(is_zero(n) for n in (moved, carried, owed, made.paid)):
                yield payout
            carried, owed, seen = payout.carried, payout.owed, upto
            if self.unmade is not None:
                stood = self.below_zero([carried, unmade], "stands below zero")
                self.unmade.add(payout.paid, payout.advanced)

    def moving(self, entries: Sequence[Entry[N]]) -> Sequence[Entry[N]]:
        """What moves the balance in a period: for who looks at it line by line."""
        return entries

    def settle(self, period: Period, flow: Flow[N], paid: Made[N], made: Made[N]) -> None:
        """What a period made of it, before and after what lapsed: for who looks at it line by line."""

    def periods(self) -> Iterator[Period]:
        """The settlement periods from the first movement or draw to the running one."""
        terms, partner = self.reckoning.terms, self.reckoning.world.partner
        rule = terms.versions[-1].program.settlement
        first = min([self.reckoning.first, *self.days[:1]])
        if rule.draw is not None and partner.joined is not None:
            first = min(first, max(partner.joined, terms.versions[0].program.effective_from))
        first = self.reckoning.opening or first
        return settlement_periods(terms.calendar, first, terms.as_of, rule)

    def ruled(self, period: Period) -> tuple[Settlement, str]:
        """The rule of a period with its minimum and its day of payment, and which condition brought the day, if any."""
        version = self.reckoning.terms.at_end(period)
        rule = self.with_own_minimum(settlement_of(self.reckoning, period))
        for other in rule.pays:
            looked_at = self.reckoning.calendar.at(period.end, other.every)
            if met(self.reckoning, version, other.when, looked_at):
                return paid_otherwise(rule, other), other.says or need_words(version.program, other.when)
        return rule, ""

    def with_own_minimum(self, rule: Settlement) -> Settlement:
        """A settlement with the minimum of the partner: that of the first row that fits it, else the usual one."""
        partner, world = self.reckoning.world.partner, self.reckoning.world
        for own in rule.minimums:
            fits = predicate("partner", own.partner)
            if fits is None or fits(partner, world):
                return replace(rule, minimum=own.minimum)
        return rule

    def withheld(self, period: Period, paid: N) -> N:
        """The tax that is kept back of a payout."""
        version = self.reckoning.terms.at_end(period)
        if not version.program.settlement.tax or is_zero(paid):
            return self.nothing
        partner, rounding = self.reckoning.world.partner, version.program.rounding
        for i, tax in enumerate(version.program.settlement.tax):
            fits = predicate("partner", tax.partner)
            if fits is None or fits(partner, self.reckoning.world):
                rate = self.ar.rule(tax.rate, "%", tax.says, version.origin(f"settlement.tax.{i}.rate"))
                found = self.ar.product([paid, rate], self.currency, tax.says)
                return self.ar.round(found, rounding.decimals, rounding.mode)
        return self.nothing

    def payout(self, period: Period, flow: Flow[N], made: Made[N]) -> Payout[N]:
        version, cut = self.reckoning.terms.at_end(period), cut_day(flow.rule, period)
        return Payout(
            key="|".join(filter(None, (period.label, self.type))),
            period=period,
            type=self.type,
            rule=version.ref(SETTLEMENT, flow.rule.reference),
            cut=cut,
            day=pay_day(flow.rule, period),
            is_running=cut > self.reckoning.as_of,
            carried_in=flow.carried_in,
            moved=flow.moved,
            owed=self.still_owed(period, flow, made),
            withheld=self.withheld(period, made.paid),
            **made._asdict(),
        )

    def still_owed(self, period: Period, flow: Flow[N], made: Made[N]) -> N:
        """What is to be recovered of draws after a period."""
        draw = flow.rule.draw
        is_owed = draw is not None and is_recoverable(self.reckoning, draw, period)
        parts = [flow.owed, made.advanced] if is_owed else [flow.owed]
        if not is_zero(made.recovered):
            parts.append(self.ar.negative(made.recovered, "recovered"))
        return parts[0] if len(parts) == 1 else self.sum(parts, "draws to recover")

    def made(self, period: Period, flow: Flow[N]) -> Made[N]:
        """What is paid, and what is carried, invoiced or lost."""
        nothing, gate = self.nothing, self.reckoning.terms.at_end(period).program.eligibility.pay
        if gate is not None and not self.may_be_paid(period):
            because = gate.says or _UNMET
            if gate.says and self.reckoning.semantics >= SAYS_CONDITIONS:
                because = f"{_UNMET}: {gate.says}"
            if gate.otherwise == "suspend" or flow.due <= ZERO:
                return self.kept(flow, because)
            return Made(nothing, nothing, because, nothing, nothing, nothing, flow.due)
        advanced, recovered = self.drawn(period, flow)
        payable = self.positive(flow.due)
        if advanced > ZERO or recovered > ZERO:
            parts = [payable, advanced, self.ar.negative(recovered, "recovered of draws")]
            payable = self.sum(parts, "payable")
        if payable > ZERO and self.is_small(flow.rule, payable):
            return self.small(period, flow, payable)
        if flow.due < ZERO:
            return self.in_debt(flow, payable, advanced, recovered)
        because = f"paid on {day_words(pay_day(flow.rule, period))}"
        if flow.why:
            because += f", because {flow.why}"
        if (draw := flow.rule.draw) and draw.when and not holds(self.reckoning, draw, draw.when, period):
            program = self.reckoning.terms.at_end(period).program
            because += f", without the draw: {need_words(program, draw.when, fails=True)}"
        return Made(
            self.ar.because(self.ar.labelled(payable, "payout"), because),
            nothing,
            because,
            advanced,
            recovered,
            nothing,
            nothing,
        )

    def lapsing(self, period: Period, rule: Settlement, made: Made[N]) -> Made[N]:
        """The same without what has waited too long."""
        if rule.lapses_after_months is None:
            return made
        lapsed = self.waiting.lapsed(made.carried, period.end, rule.lapses_after_months)
        if is_zero(lapsed):
            return made
        rest = self.ar.difference(made.carried, lapsed, self.currency, "carried")
        lost = lapsed if is_zero(made.lost) else self.sum([made.lost, lapsed], "lost")
        because = f"{made.because}; what had waited {rule.lapses_after_months} months lapsed"
        return made._replace(carried=rest, lost=lost, because=because)

    def may_be_paid(self, period: Period) -> bool:
        version = self.reckoning.terms.at_end(period)
        gate = version.program.eligibility.pay
        return gate is None or met(
            self.reckoning, version, gate.when, self.reckoning.calendar.at(period.end, gate.every)
        )

    def kept(self, flow: Flow[N], because: str) -> Made[N]:
        nothing = self.nothing
        return Made(nothing, flow.due, f"{because}; carried over", nothing, nothing, nothing, nothing)

    def is_small(self, rule: Settlement, payable: N) -> bool:
        return payable < rule.minimum or (rule.minimum_is == "above" and payable <= rule.minimum)

    def small(self, period: Period, flow: Flow[N], payable: N) -> Made[N]:
        """What is too little to be paid: carried, unless the partner has left and the rule says otherwise."""
        nothing, rule, left = self.nothing, flow.rule, self.reckoning.world.partner.left
        least = amount_words(rule.minimum, self.currency)
        because = f"not {'above' if rule.minimum_is == 'above' else 'at least'} the minimum of {least}"
        if left is None or left > period.end or rule.on_leaving == "carry" or flow.due <= ZERO:
            return self.kept(flow, because)
        because = f"{because}, and the partner has left"
        if rule.on_leaving == "forfeit":
            return Made(nothing, nothing, because, nothing, nothing, nothing, flow.due)
        return Made(flow.due, nothing, because, nothing, nothing, nothing, nothing)

    def in_debt(self, flow: Flow[N], payable: N, advanced: N, recovered: N) -> Made[N]:
        """A balance below zero, by the rule: taken from later payments, the next one, or invoiced."""
        ar, nothing, due = self.ar, self.nothing, flow.due
        if flow.rule.negative == "invoice":
            debt = ar.negative(due, "invoiced to the partner")
            return Made(payable, nothing, "below zero: invoiced", advanced, recovered, debt, nothing)
        if flow.rule.negative == "net":
            because = "below zero: taken from later payments"
            return Made(payable, due, because, advanced, recovered, nothing, nothing)
        fresh = ar.least([flow.moved, nothing], self.currency, "new debt")
        carried = ar.greatest([due, fresh], self.currency, "debt that the next payment bears")
        lost = ar.difference(due, carried, self.currency, "waived")
        if self.unmade is not None:
            lost = ar.greatest([lost, self.not_covered(flow)], self.currency, "waived")
            carried = ar.difference(due, lost, self.currency, "debt that later payments bear")
        because = "below zero: taken from the next payment"
        if lost < ZERO:
            because += "; what this one could not cover of earlier debt is waived"
        return Made(payable, carried, because, advanced, recovered, nothing, lost)

    def not_covered(self, flow: Flow[N]) -> N:
        """What stood below zero before and does still, after what was really paid and what has come since."""
        left = self.below_zero([flow.stood, self.positive(flow.moved)], "not covered of what stood below zero")
        now = self.below_zero([flow.due, flow.unmade], "below zero without payouts that were not made")
        return self.ar.greatest([left, now], self.currency, "below zero and not covered")

    def drawn(self, period: Period, flow: Flow[N]) -> tuple[N, N]:
        """What the draw advances in a period, and what is recovered of earlier advances."""
        ar, draw, nothing = self.ar, flow.rule.draw, self.nothing
        earned = self.positive(flow.due)
        if draw is None:
            return nothing, nothing
        origin = self.reckoning.terms.at_end(period).origin("settlement.draw")
        least = promised(self.reckoning, draw, period, origin)
        if earned < ar.value(least):
            return ar.difference(least, earned, self.currency, "advanced"), nothing
        if not flow.owed > ZERO:
            return nothing, nothing
        bounds = [ar.difference(earned, least, self.currency, "earned above the draw")]
        if draw.recover_share != ONE:
            rounding = self.reckoning.terms.at_end(period).program.rounding
            share = ar.rule(draw.recover_share, "%", "share that is recovered at once", origin)
            whole = earned if draw.recover_of == "earned" else bounds.pop()
            most = ar.product([whole, share], self.currency, "recovered at most")
            bounds.append(ar.round(most, rounding.decimals, rounding.mode))
        return nothing, ar.least([flow.owed, *bounds], self.currency, "recovered")

    def positive(self, amount: N) -> N:
        return amount if amount >= ZERO else self.nothing

    def below_zero(self, parts: Sequence[N], label: str) -> N:
        """A sum, at most nothing."""
        return self.ar.least([self.sum(parts, label), self.nothing], self.currency, label)

    def sum(self, parts: Sequence[N], label: str) -> N:
        return self.ar.sum(parts, self.currency, label)
