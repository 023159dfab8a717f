"""Why something of a line is taken back: the customer left, got money back, renewed for less, or never paid."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Generic, NamedTuple

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.figures.reasons import day_words
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import EarningLine
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.rules import Clawback
from partnerdesk.engine.terms.earnings import EarningTerms
from partnerdesk.engine.world.contracts import CONTINUES, contracts_of
from partnerdesk.engine.world.receipts import WORTH, business_of, transactions_of

if TYPE_CHECKING:
    from partnerdesk.engine.settling.clawback import Taking


class Fraction(NamedTuple, Generic[N]):
    """A share as what stands above and below its line; nothing below for a plain number."""

    above: N
    below: N | None


class Cause(NamedTuple, Generic[N]):
    """A fact that takes something back, its day, and which part of the business it concerns: None for all of it."""

    fact: Any
    kind: str
    day: date
    part: Fraction[N] | None
    words: str


def causes(reckoning: Reckoning[N], terms: EarningTerms, clawback: Clawback, line: EarningLine[N]) -> list[Cause[N]]:
    """What has happened to a line that a clawback looks at."""
    passes = terms.takes_where.get(clawback) if clawback.where else None
    found = [
        c for c in _happened(reckoning, terms, clawback, line) if passes is None or passes(c.fact, reckoning.world)
    ]
    return found[:1] if clawback.cause == "churned" else found


def _happened(reckoning: Reckoning[N], terms: EarningTerms, clawback: Clawback, line: EarningLine[N]) -> list[Cause[N]]:
    match clawback.cause:
        case "churned":
            return churns(reckoning, line)
        case "contracted":
            return _contractions(reckoning, line)
        case "refunded":
            return _given_back(reckoning, terms, line, ("refund", "credit-note"))
        case "clawed back":
            return list(_below(reckoning, line))
    return _given_back(reckoning, terms, line, ("write-off",))


def churns(reckoning: Reckoning[N], line: EarningLine[N]) -> list[Cause[N]]:
    """The churns of contracts that came from the line's deal, or of the line's own contract, in order of day."""
    contracts = contracts_of(reckoning.world, line)
    gone = [(c.outcome_on or c.end, c) for c in contracts if c.outcome == "churned"]
    found: list[Cause[N]] = [
        Cause(c, "contract", day, None, f"contract {c.id} churned on {day_words(day)}")
        for day, c in gone
        if day is not None
    ]
    return sorted(found, key=lambda c: (c.day, c.fact.id))


def _contractions(reckoning: Reckoning[N], line: EarningLine[N]) -> list[Cause[N]]:
    """Contracts that were renewed for less: what they lost of all that the line's contracts were worth."""
    ar, found = reckoning.arithmetic, []
    contracts = [c for c in contracts_of(reckoning.world, line) if (c.recurring or ZERO) > ZERO]
    for c in contracts:
        day, after = c.outcome_on or c.end, c.outcome_amount
        if c.outcome not in CONTINUES or after is None or day is None or after >= c.recurring:
            continue
        before = ar.leaf(c, "recurring", c.recurring, c.currency, "recurring before")
        lost = ar.difference(before, ar.leaf(c, "outcome_amount", after, c.currency, "after"), c.currency, "lost")
        all_of = [
            ar.leaf(other, "recurring", other.recurring, c.currency, "recurring before")
            for other in contracts
            if other.currency == c.currency
        ]
        whole = all_of[0] if len(all_of) == 1 else ar.sum(all_of, c.currency, "recurring before")
        words = f"contract {c.id} was renewed for less on {day_words(day)}"
        found.append(Cause(c, "contract", day, Fraction(lost, whole), words))
    return found


def _below(reckoning: Reckoning[N], line: EarningLine[N]) -> Iterator[Cause[N]]:
    """What was clawed back of the line that this one is paid on, as a share of it."""
    event = reckoning.paid_on.get(line.id)
    whose = reckoning if event is None or event.world is None else reckoning.kin.get(event.world.partner.id)
    if event is None or whose is None:
        return
    ar, base, currency = reckoning.arithmetic, event.fact, reckoning.currency
    left = base.amount
    for taking in taken_of(whose, base):
        amount = ar.least([taking.amount, left], currency, "clawed back of it")
        left = ar.difference(left, amount, currency, "left of it")
        words = f"{base.says} of {day_words(base.event)} was clawed back on {day_words(taking.day)}"
        yield Cause(taking, "line", taking.day, Fraction(amount, base.amount), words)


def taken_of(reckoning: Reckoning[N], line: EarningLine[N]) -> Sequence["Taking[N]"]:
    """The clawbacks of a line that others fall with; worked out once."""
    from partnerdesk.engine.settling.clawback import takings

    if line.id not in reckoning.taken:
        terms = reckoning.terms.earnings[line.rule.effective_from].get(line.rule.key)
        reckoning.taken[line.id] = takings(reckoning, terms, line) if terms is not None else ()
    return reckoning.taken[line.id]


def _given_back(
    reckoning: Reckoning[N], terms: EarningTerms, line: EarningLine[N], kinds: tuple[str, ...]
) -> list[Cause[N]]:
    """What was given back of the payment or invoice that the line came from, else of its deal or contract.

    A credit note that is an event of the same rule has a line of its own below zero; it is not taken back twice.
    """
    world = reckoning.world
    kind, fact = business_of(world, line)
    if fact is None:
        return []
    if kind == "transaction":
        rows = [(row, amount) for row, amount in world.refunds.get(fact.id, ()) if row.kind in kinds]
    else:
        own = (row for row in transactions_of(world, line) if row.kind in kinds and row.kind != "credit-note")
        rows = [(row, abs(row.amount)) for row in own if row.amount]
    return [
        _undone(row, amount, (kind, fact), reckoning)
        for row, amount in rows
        if not (terms.kind == "transaction" and terms.counts(row, world))
    ]


def _undone(row: Any, amount: Decimal, business: tuple[str, Any], reckoning: Reckoning[N]) -> Cause[N]:
    ar, part, (kind, fact) = reckoning.arithmetic, None, business
    worth = getattr(fact, WORTH[kind])
    if worth and worth > ZERO and row.currency == fact.currency:
        names = {"refund": "refunded", "credit-note": "credited"}
        above = ar.leaf(row, "amount", min(amount, worth), row.currency, names.get(row.kind, "written off"))
        part = Fraction(above, ar.leaf(fact, WORTH[kind], worth, fact.currency, "of"))
    return Cause(row, "transaction", row.day, part, f"{row.kind} {row.id} of {day_words(row.day)}")
