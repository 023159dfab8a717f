"""What holds once periods are closed, on any program: what was posted stands, and with its corrections it comes to what
is recomputed, whether facts came late or the program was edited.

What settlement took off a balance (a sum that lapsed, a debt that was waived) follows from when each amount was there:
a correction that comes later does not lapse for having been due before. So balances are compared without it, and what
corrections give back of it is held against what was taken.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Facts
from partnerdesk.engine.outcome import PAYABLE, REMITTED, TRUEUP, Entry, Statement, corrected_id
from partnerdesk.engine.rules import Earning, Program
from partnerdesk.engine.settling.ledger import Posted
from partnerdesk.engine.settling.moved import SPARED, WAIVED, is_loss, is_spared
from partnerdesk.engine.whole import Outcome
from tests.second.maker.pair import Pair

ZERO = Decimal(0)
SETTLED_BY = timedelta(days=400)  # the longest settlement period, and what is cut off its end
_DOUBLED = ("deal", "contract", "transaction", "certification", "activity", "deployment", "survey")
_CORRECTED = ("deal", "transaction")
_MOVING = ("adjustment", "dispute", "hold", "opening")


def late_facts_are_made_good_once(pair: Pair) -> None:
    """The first row of each kind comes a second time after the close."""
    _holds(pair, pair.programs, with_late_facts(pair))


def with_late_facts(pair: Pair) -> Facts:
    """The facts with the first row of each kind a second time."""
    rows = dict(pair.facts.rows)
    for kind in _DOUBLED:
        rows[kind] = (*pair.facts.of(kind), *(replace(row, id="ZZ") for row in pair.facts.of(kind)[:1]))
    return Facts({kind: found for kind, found in rows.items() if found})


def facts_taken_back_are_made_good_once(pair: Pair) -> None:
    """The first row of each kind is gone after the close."""
    left = {kind: rows[1:] if kind in _DOUBLED else rows for kind, rows in pair.facts.rows.items()}
    _holds(pair, pair.programs, Facts({kind: rows for kind, rows in left.items() if rows}))


def what_is_corrected_is_made_good_once(pair: Pair) -> None:
    """After the close the first deal and the first transaction have other amounts, and so have rules of a fixed one."""
    rows = dict(pair.facts.rows)
    for kind in _CORRECTED:
        first = (replace(row, amount=row.amount and row.amount * 2) for row in pair.facts.of(kind)[:1])
        rows[kind] = (*first, *pair.facts.of(kind)[1:])
    edited = [
        replace(version, earning={name: _paying_more(rule) for name, rule in version.earning.items()})
        for version in pair.programs
    ]
    _holds(pair, edited, Facts({kind: found for kind, found in rows.items() if found}))


def _paying_more(rule: Earning) -> Earning:
    return rule if rule.amount is None else replace(rule, amount=rule.amount + 12)


def a_correction_comes_once(pair: Pair) -> None:
    """What came late is corrected by one close: the next one has nothing more to correct."""
    facts = with_late_facts(pair)
    once = evaluate(pair.programs, facts, pair.as_of, posted=posted_half(pair)).partners
    closed = {id: [s for s in one.statements.values() if s.period.end < pair.as_of] for id, one in once.items()}
    posted = {id: _as_posted(statements) for id, statements in closed.items() if statements}
    for id, outcome in evaluate(pair.programs, facts, pair.as_of, posted=posted).partners.items():
        if id in posted:
            more = [e.id for e in outcome.entries if e.kind == TRUEUP and e.day > posted[id].closed_to]
            before = [e.id for e in once[id].entries if e.kind == TRUEUP and e.day > posted[id].closed_to]
            assert more == before, f"{id}: {more} after one more close, {before} before it"


def an_edited_program_touches_no_closed_line(pair: Pair) -> None:
    """Filters, caps and safety nets fall away after the close."""
    edited = [
        replace(
            version,
            cap={},
            safety_net={},
            earning={name: replace(rule, where=()) for name, rule in version.earning.items()},
        )
        for version in pair.programs
    ]
    _holds(pair, edited, pair.facts)


def what_was_lost_is_made_good_once(pair: Pair) -> None:
    """Everything that moves money falls away after the close: what settlement had forfeited of it is given back, and
    what it had waived is not paid back, once the corrections are settled.

    Where nobody disputed anything: when its row is gone, nothing says since when a dispute held what it did. And where
    no line was taken over with a debt: once that is gone, too, the line gets more than was lost of it. Of what a book
    has posted no rule is kept.
    """
    posted = {
        id: replace(one, entries=tuple(e._replace(rule=None) for e in one.entries))
        for id, one in posted_half(pair).items()
    }
    bare = Facts({kind: rows for kind, rows in pair.facts.rows.items() if kind not in _MOVING})
    bare_programs = [_without_earnings(version) for version in pair.programs]
    found = evaluate(bare_programs, bare, pair.as_of + SETTLED_BY, posted=posted)
    owing = {id for id, one in posted.items() if any(map(_is_former_debt, one.entries))}
    for id in posted.keys() - _disputing(pair) - owing:
        moved = [e for e in found.partners[id].entries if e.bucket == PAYABLE and e.kind not in REMITTED]
        # What is lost after the close is the debt of what was paid.
        lost = [e.amount for e in moved if is_loss(e) and (e.kind == TRUEUP or e.day <= posted[id].closed_to)]
        given = [e.amount for e in moved if is_spared(e)]
        if any(e.kind == "clawback" and e.bucket == PAYABLE for e in posted[id].entries):
            # What a clawback made owe is owed as well where its line falls away with it: that stays waived.
            forfeited, waived = (sum((n for n in lost if (n > 0) is is_waived), ZERO) for is_waived in (False, True))
            assert -waived - forfeited <= sum(given, ZERO) <= -forfeited, f"{id}: {given} given back of {lost}"
        else:
            assert sum(given, ZERO) == -sum(lost, ZERO), f"{id}: {given} given back of {lost}"


def _is_former_debt(entry: Entry[Decimal]) -> bool:
    """Whether it is what a line owed when its partner was taken over."""
    return entry.kind == "opening" and entry.bucket == PAYABLE and bool(entry.line) and entry.amount < 0


def _without_earnings(version: Program) -> Program:
    nothing: dict[str, Any] = {"earning": {}, "cap": {}, "safety_net": {}, "holdback": {}}
    return replace(version, **nothing, module={})


def _holds(pair: Pair, programs: Sequence[Program], facts: Facts) -> None:
    closed, posted = _closed(pair), posted_half(pair)
    fresh = evaluate(programs, facts, pair.as_of).partners
    found = evaluate(programs, facts, pair.as_of, posted=posted).partners
    for id, statements in closed.items():
        for statement in statements:
            again = tuple(e for e in found[id].entries if e.period == statement.period)
            assert again == statement.entries, f"{id} {statement.period}: what is closed is another one"
        last = [*found[id].statements.values()][-1]
        everything = sum((e.amount for e in found[id].entries if e.day <= last.period.end), ZERO)
        assert last.row("closing").total == everything, f"{id} {last.period}: closes at another sum than its entries"
        given, lost = _given_back(found[id]), _forfeited(found[id])
        assert given <= lost, f"{id}: {given} is given back of {lost} that settlement forfeited"
        # A dispute holds what there was when it was raised: afresh that is another amount in both buckets.
        parts = (("held", "payable"),) if id in _disputing(pair) else (("held",), ("payable",))
        for buckets in parts:
            with_posted, recomputed = (sum(_balance(one[id], b) for b in buckets) for one in (found, fresh))
            where = f"{id} {' and '.join(buckets)}"
            assert with_posted == recomputed, f"{where}: {with_posted} with what is posted, {recomputed} afresh"


def _disputing(pair: Pair) -> set[str]:
    return {row.partner for row in pair.facts.of("dispute")}


def posted_half(pair: Pair) -> dict[str, Posted]:
    """The first half of each partner's statements as closed."""
    return {id: _as_posted(statements) for id, statements in _closed(pair).items()}


def _as_posted(statements: Sequence[Statement[Decimal]]) -> Posted:
    """Statements, the first ones of a partner, as closed."""
    return Posted(statements[-1].period.end, tuple(e for one in statements for e in one.entries))


def _closed(pair: Pair) -> dict[str, list[Statement[Decimal]]]:
    """The first half of each partner's statements whose periods are over."""
    found = {}
    for id, outcome in evaluate(pair.programs, pair.facts, pair.as_of).partners.items():
        over = [s for s in outcome.statements.values() if s.period.end < pair.as_of]
        if over:
            found[id] = over[: (len(over) + 1) // 2]
    return found


def _balance(outcome: Outcome, bucket: str) -> Decimal:
    """What is in a bucket at the end, before what settlement took of it, and what is given back of that."""
    own = (e for e in outcome.entries if e.bucket == bucket and not (is_loss(e) or corrected_id(e).endswith(SPARED)))
    return sum((e.amount for e in own), ZERO)


def _given_back(outcome: Outcome) -> Decimal:
    """What clawbacks and corrections leave of what was forfeited, less what later ones take again."""
    spared = (e for e in outcome.entries if corrected_id(e).endswith(SPARED))
    return sum((e.amount for e in spared if not corrected_id(e).endswith(WAIVED + SPARED)), ZERO)


def _forfeited(outcome: Outcome) -> Decimal:
    """What settlement took of balances above zero."""
    by_loss: dict[str, Decimal] = {}
    for entry in filter(is_loss, outcome.entries):
        by_loss[corrected_id(entry)] = by_loss.get(corrected_id(entry), ZERO) + entry.amount
    return -sum((amount for amount in by_loss.values() if amount < 0), ZERO)
