"""What is open at a partner on the as-of day: deals, renewals, go-lives, certificates; each with its chances and days.

A day that is late already moves on by what the book's own record of delays says, and never lies before the as-of day.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from partnerdesk.engine.facts import Certification, Contract, Deal, Deployment, Facts
from partnerdesk.engine.forecast import billed, next_term
from partnerdesk.engine.money import decimals, rounded
from partnerdesk.forecast.chances import OUTCOMES, Chances
from partnerdesk.forecast.follows import Follows
from partnerdesk.forecast.items import Alternative, Item, Rows


class OpenItems:
    """Finds the items of one partner after another with one record of the book."""

    def __init__(self, facts: Facts, chances: Chances, as_of: date, horizon: date) -> None:
        self.facts, self.chances, self.as_of, self.horizon = facts, chances, as_of, horizon
        self.follows = Follows(facts)
        self._names = {c.id: c.name for c in facts.of("customer")}
        self.renewed = {c.renewal_of for c in facts.of("contract") if c.renewal_of}

    def of(self, partner: str) -> tuple[Item, ...]:
        """All open items of a partner, in the order of the facts; deals that it is only credited on as well."""
        return tuple(self._found(partner))

    def _found(self, partner: str) -> Iterator[Item]:
        shared = {credit.deal for credit in self.facts.of("credit") if credit.partner == partner}
        for deal in self.facts.of("deal"):
            if deal.status == "open" and (deal.partner == partner or deal.id in shared):
                yield self._deal(deal)
        for contract in self.facts.of("contract"):
            if contract.partner == partner and self._comes_up(contract):
                yield self._renewal(contract)
        for row in self.facts.of("deployment"):
            if row.partner == partner and row.live is None and (row.planned_live or row.kickoff):
                yield self._go_live(row)
        for row in self.facts.of("certification"):
            if row.partner == partner and row.expires and self.as_of < row.expires <= self.horizon:
                yield self._certificate(row)

    def _deal(self, deal: Deal) -> Item:
        chance = self.chances.of_deal(deal)
        days = self.chances.waits.of_deal(deal)
        middle = days[len(days) // 2]
        found = [Alternative("lost", 1 - chance.value, (("deal", _ended(deal, "lost", middle, self.horizon)),), False)]
        for day in days:
            won = day <= self.horizon
            row = _ended(deal, "won", day, self.horizon)
            after = self.follows.after(row, self.as_of, self.horizon) if won else ()
            found.append(Alternative("won" if won else "still open", chance.value / 5, (("deal", row), *after), won))
        return Item("deal", deal.id, deal.name or deal.id, middle, chance.rests_on, chance.cases, tuple(found))

    def _comes_up(self, contract: Contract) -> bool:
        if contract.outcome != "open" or contract.end is None or contract.id in self.renewed:
            return False
        return self.as_of - timedelta(days=90) < contract.end <= self.horizon

    def _renewal(self, contract: Contract) -> Item:
        chances = self.chances.of_renewal(contract)
        assert contract.end is not None
        day = max(contract.end, self.as_of + timedelta(days=1))
        found = []
        for outcome in OUTCOMES:
            rows = self._renewed(contract, outcome, day) if day <= self.horizon else (("contract", contract),)
            found.append(Alternative(outcome, chances[outcome].value, rows, outcome != "churned"))
        told = chances["renewed"]
        says = f"{self._customer(contract)} renews"
        return Item("contract", contract.id, says, day, told.rests_on, told.cases, tuple(found))

    def _customer(self, contract: Contract) -> str:
        """Whose contract it is, as far as anybody said."""
        who = self._names.get(contract.customer or "") or contract.customer or ""
        return f"{who}, {contract.id}" if who else contract.id

    def _renewed(self, contract: Contract, outcome: str, day: date) -> Rows:
        """The contract with its outcome, its next term, and the payments of that up to the horizon."""
        worth = self.chances.changes.get(outcome)
        after = contract.recurring
        if worth is not None and after is not None:
            after = rounded(after * Decimal(f"{worth:.4f}"), decimals(contract.currency))
        if outcome == "churned":
            return (("contract", replace(contract, outcome=outcome, outcome_on=day, outcome_amount=Decimal(0))),)
        old = replace(contract, outcome=outcome, outcome_on=day, outcome_amount=after)
        term = next_term(contract, after)
        coming = ((("transaction"), row) for row in billed(term, self.as_of, self.horizon))
        return (("contract", old), ("contract", term), *coming)

    def _go_live(self, row: Deployment) -> Item:
        found = []
        days = self.chances.waits.of_go_live(row.planned_live, row.kickoff)
        for day in days:
            live = day <= self.horizon
            done = replace(row, kickoff=row.kickoff or min(day, row.planned_kickoff or day), live=day) if live else row
            found.append(Alternative("live" if live else "still going on", 0.2, (("deployment", done),), live))
        cases = sum(1 for d in self.facts.of("deployment") if d.live and d.planned_live)
        told = "how late go-lives were"
        return Item("deployment", row.id, row.name or row.id, days[2], told, cases, tuple(found))

    def _certificate(self, row: Certification) -> Item:
        chance = self.chances.reawarded
        assert row.expires is not None
        length = (row.expires - row.awarded).days if row.awarded else 365
        again = replace(
            row, id=f"{row.id}:again", awarded=row.expires, expires=row.expires + timedelta(days=max(1, length))
        )
        kept: tuple[str, Any] = ("certification", row)
        found = (
            Alternative("lapses", 1 - chance.value, (kept,), False),
            Alternative("earned again", chance.value, (kept, ("certification", again)), True),
        )
        says = f"{row.certificate} of {row.person}"
        return Item("certification", row.id, says, row.expires, chance.rests_on, chance.cases, found)


def _ended(deal: Deal, status: str, day: date, horizon: date) -> Deal:
    return replace(deal, status=status, closed=day) if day <= horizon else deal
