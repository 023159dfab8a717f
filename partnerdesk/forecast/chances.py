"""How likely a deal is won and a contract renewed, learned from the book's own record and shrunk where it is thin.

A share of few cases is drawn towards the wider group's share as if `WEIGHT` cases of that group had been seen: stage
towards the book, a partner towards the stage; for renewals term, segment and health towards the book, one by one. A
person's own probability stands above all of it. Every chance says how many cases it rests on.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from partnerdesk.engine.facts import Contract, Deal, Facts
from partnerdesk.forecast.waits import Waits

WEIGHT = 8.0
CHURNED = "churned"
OUTCOMES = ("renewed", "expanded", "contracted", CHURNED)
_AT_FIRST = {"renewed": 0.75, "expanded": 0.1, "contracted": 0.05, "churned": 0.1}
THIN = 10  # fewer cases than these are called thin
BY_PERSON = "set by a person"


@dataclass(frozen=True, slots=True)
class Chance:
    """A probability with what it rests on: `cases` of the narrowest group, and where it comes from in words."""

    value: float
    cases: int
    rests_on: str


@dataclass(slots=True)
class Count:
    """How often something came out one way or another."""

    seen: int = 0
    of: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, outcome: str) -> None:
        self.seen += 1
        self.of[outcome] += 1

    def share(self, outcome: str, prior: float, weight: float = WEIGHT) -> float:
        """The share of an outcome, drawn towards a prior one."""
        return (self.of[outcome] + weight * prior) / (self.seen + weight)


class Chances:
    """The record of a book as it was known on a day."""

    def __init__(self, facts: Facts, as_of: date) -> None:
        self.facts, self.as_of = facts, as_of
        self.waits = Waits(facts, as_of)
        self._segment = {c.id: c.segment for c in facts.of("customer")}

    @cached_property
    def _stages_of(self) -> Mapping[str, set[str]]:
        """The stages that each deal went through."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.facts.of("stage_change"):
            if row.stage:
                found[row.deal].add(row.stage)
        return found

    @cached_property
    def _deals(self) -> dict[tuple[str, ...], Count]:
        """Won and lost by stage gone through, by partner and stage, and in all."""
        found: dict[tuple[str, ...], Count] = defaultdict(Count)
        for deal in self.facts.of("deal"):
            if deal.status == "open" or not (deal.created or deal.registered or deal.id in self._stages_of):
                continue  # a deal that was only told once it was over says nothing about open ones
            found[()].add(deal.status)
            for stage in self._stages_of.get(deal.id, ()):
                found[stage,].add(deal.status)
                found[stage, deal.partner or ""].add(deal.status)
            found["", deal.partner or ""].add(deal.status)
        return found

    def of_deal(self, deal: Deal) -> Chance:
        """The chance that an open deal is won."""
        if deal.probability is not None:
            return Chance(_share(deal.probability), 0, BY_PERSON)
        whole = self._deals.get((), Count())
        value, cases, words = whole.share("won", 0.5, 2.0), whole.seen, "all deals of the book"
        stage = self._deals.get((deal.stage,)) if deal.stage else None
        if stage is not None:
            value, cases, words = stage.share("won", value), stage.seen, f"deals that reached {deal.stage}"
        own = self._deals.get((deal.stage if stage else "", deal.partner or ""))
        if own is not None:
            value = own.share("won", value)
            words += f", {own.seen} of them this partner's"
        if overdue := self.waits.overdue(deal):
            value *= self.waits.closes(overdue)
            words += f", and how many close that are {overdue} days late"
        return Chance(value, cases, words)

    @cached_property
    def _renewals(self) -> dict[tuple[str, str], Count]:
        found: dict[tuple[str, str], Count] = defaultdict(Count)
        for contract in self.facts.of("contract"):
            if contract.outcome in OUTCOMES:
                for group in self._groups(contract, contract.outcome_on or self.as_of):
                    found[group].add(contract.outcome)
        return found

    def _groups(self, contract: Contract, day: date) -> list[tuple[str, str]]:
        """The groups of a contract, the widest first."""
        months = term_months(contract)
        groups = [("", ""), ("term", "a year or less" if months <= 12 else "more than a year")]
        if segment := self._segment.get(contract.customer or "", ""):
            groups.append(("segment", segment))
        if trouble := self._troubled(contract, day):
            groups.append(("health", trouble))
        return [*groups, ("partner", contract.partner or "")]

    @cached_property
    def _answers(self) -> Mapping[str, Sequence[Any]]:
        """Satisfaction answers by customer."""
        found: dict[str, list[Any]] = defaultdict(list)
        for row in self.facts.of("survey"):
            if row.customer and row.kind == "csat" and row.score is not None and row.day and row.scale_max:
                found[row.customer].append(row)
        return found

    def _troubled(self, contract: Contract, day: date) -> str:
        """Whether the customer's last answer within a year was below three quarters of its scale; empty unasked."""
        rows = [r for r in self._answers.get(contract.customer or "", ()) if 0 <= (day - r.day).days <= 365]
        if not rows:
            return ""
        last = max(rows, key=lambda r: (r.day, r.id))
        lowest = last.scale_min or 0
        share = (last.score - lowest) / ((last.scale_max - lowest) or 1)
        return "content customers" if share * 4 >= 3 else "customers who are not content"

    def of_renewal(self, contract: Contract) -> dict[str, Chance]:
        """The chances of each outcome of an open contract; they add up to one.

        A person's own probability is that it goes on at all; whether for more or less then is the record's.
        """
        found = self.record_of_renewal(contract)
        if contract.probability is None:
            return found
        own, stays = _share(contract.probability), 1.0 - found[CHURNED].value
        values = {outcome: own * chance.value / stays for outcome, chance in found.items()} | {CHURNED: 1.0 - own}
        return {outcome: Chance(value, 0, BY_PERSON) for outcome, value in values.items()}

    def record_of_renewal(self, contract: Contract) -> dict[str, Chance]:
        """The same by the book's record alone."""
        shares, words, cases = dict(_AT_FIRST), ["no record yet"], 0
        for kind, name in self._groups(contract, self.as_of):
            count = self._renewals.get((kind, name))
            if count is None:
                continue
            weight = 2.0 if not kind else WEIGHT
            shares = {outcome: count.share(outcome, shares[outcome], weight) for outcome in OUTCOMES}
            words = ["all renewals of the book"] if not kind else [*words, _group_words(kind, name, count.seen)]
            cases = count.seen
        told = ", ".join(words)
        return {outcome: Chance(shares[outcome], cases, told) for outcome in OUTCOMES}

    @cached_property
    def changes(self) -> dict[str, float]:
        """What a contract that was expanded or contracted is worth afterwards, against before; the book's mean."""
        found: dict[str, list[float]] = {"expanded": [1.2] * 4, "contracted": [0.8] * 4}
        for contract in self.facts.of("contract"):
            if contract.outcome in found and contract.recurring and contract.outcome_amount is not None:
                found[contract.outcome].append(float(contract.outcome_amount / contract.recurring))
        return {outcome: sum(values) / len(values) for outcome, values in found.items()}

    @cached_property
    def reawarded(self) -> Chance:
        """How often a certificate that ran out was earned again within a quarter."""
        days: dict[tuple[str, str], list[date]] = defaultdict(list)
        for row in self.facts.of("certification"):
            if row.awarded:
                days[row.person, row.certificate].append(row.awarded)
        count = Count()
        for row in self.facts.of("certification"):
            if row.expires and row.awarded and (self.as_of - row.expires).days > 90:
                later = (d for d in days[row.person, row.certificate] if d > row.awarded)
                count.add("again" if any((d - row.expires).days <= 90 for d in later) else "lapsed")
        return Chance(count.share("again", 0.5), count.seen, "certificates that ran out")


def _share(probability: Decimal) -> float:
    """A probability within its bounds."""
    return min(1.0, max(0.0, float(probability)))


def _group_words(kind: str, name: str, seen: int) -> str:
    if kind == "partner":
        return f"{seen} of them this partner's"
    return f"{seen} of {name}" if kind != "term" else f"{seen} with a term of {name}"


def term_months(contract: Contract) -> int:
    """The length of a contract's term in whole months, a year where it has no days."""
    if contract.start is None or contract.end is None:
        return 12
    return max(1, ((contract.end - contract.start).days + 15) // 30)
