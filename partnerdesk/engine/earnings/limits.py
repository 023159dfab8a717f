"""Caps over many lines, which never raise what is paid."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from operator import attrgetter, itemgetter
from typing import Any, TypeAlias

from partnerdesk.engine.earnings.dated import in_force, limit_on, owners_number
from partnerdesk.engine.earnings.earned_before import earned_before, stands_for
from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.figures.reasons import amount_words
from partnerdesk.engine.metrics.adjusted import Beside, beside_lines, under
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import EarningLine
from partnerdesk.engine.period import Period
from partnerdesk.engine.reckoning import AMOUNT, Reckoning
from partnerdesk.engine.rules.limits import MAKES_ROOM
from partnerdesk.engine.terms.versions import LimitTerms
from partnerdesk.engine.tiers.needs import met

# A line's turn under a cap: its day, what is cut first on that day, its place among the lines, and its cap.
Turn: TypeAlias = "tuple[date, int, int, LimitTerms]"
# What is taken back of a line, each amount with its day.
Taken: TypeAlias = Callable[[EarningLine[N]], Sequence[tuple[date, N]]]


def capped(reckoning: Reckoning[N], lines: list[EarningLine[N]], taken: Taken[N]) -> list[EarningLine[N]]:
    """The lines with every cap applied, in the order of the program's caps.

    Within a cap's period lines are taken by day; on one day those that are cut first come last. Each line is cut by
    the cap of its own version, and what earlier versions paid in the period counts. What a partner that was taken
    over had earned before takes room, in place of the lines that the facts of those days give.
    """
    if not reckoning.terms.caps:
        return lines
    before = earned_before(reckoning)
    beside = sorted([*beside_lines(reckoning), *before], key=attrgetter("day"))
    most = _most(reckoning, lines, beside)
    if most <= reckoning.terms.least_cap:
        return lines
    result = list(lines)
    for every, per, caps, least in reckoning.terms.caps:
        if most <= least:
            continue
        for scope in reckoning.scoped(lines, every).values():
            if not beside and _most(reckoning, [lines[i] for i in scope], ()) <= least:
                continue
            places = [i for i in scope if not stands_for(before, lines[i])] if before else scope
            for own in _apart(per, places, result):
                _apply(reckoning, caps, own, result, beside, taken)
    return result


def _most(reckoning: Reckoning[N], lines: Iterable[EarningLine[N]], beside: Sequence[Beside]) -> Any:
    """What lines and the adjustments beside them can come to at most."""
    amounts = [amount for amount in map(AMOUNT, lines) if amount > ZERO]
    return reckoning.arithmetic.total(amounts + [one.amount for one in beside if one.amount > ZERO])


def _apart(per: str, places: list[int], lines: list[EarningLine[N]]) -> list[list[int]]:
    """The places of a period's lines for each customer, contract, deal or product; lines of none are not capped."""
    if per == "partner":
        return [places]
    found: dict[str, list[int]] = {}
    for i in places:
        owner = getattr(lines[i], per)
        if owner:
            found.setdefault(owner, []).append(i)
    return list(found.values())


def _apply(
    reckoning: Reckoning[N],
    caps: Mapping[date, LimitTerms],
    places: list[int],
    lines: list[EarningLine[N]],
    beside: Sequence[Beside],
    taken: Taken[N],
) -> None:
    """Cuts the lines of one period where their sum may exceed their cap."""
    rules = [(i, lines[i].rule) for i in places]
    own = [(i, cap) for i, rule in rules if (cap := caps.get(rule.effective_from)) and rule.key in cap.covered]
    if own and beside:
        beside = under(reckoning, own[0][1], beside, [lines[i] for i, _ in own])
    if own and _most(reckoning, [lines[i] for i, _ in own], beside) > min([cap.bound for _, cap in own]):
        turns = [(lines[i].event, _cut_order(cap, lines[i].rule.key), i, cap) for i, cap in own]
        _cut_group(reckoning, sorted(turns, key=_TURN), lines, beside, taken)


_TURN = itemgetter(0, 1, 2)


def _cut_order(cap: LimitTerms, key: str) -> int:
    cut = [f"earning.{name}" for name in cap.rule.cut]
    return len(cut) - cut.index(key) if key in cut else 0


def _cut_group(
    reckoning: Reckoning[N],
    turns: list[Turn],
    lines: list[EarningLine[N]],
    beside: Sequence[Beside],
    taken: Taken[N],
) -> None:
    """Cuts the lines of one period in their turn, so that their sum is the least of what they were and the cap.

    Adjustments that count and what was taken over are never cut; they take room, or make it, from their day on.
    """
    ar = reckoning.arithmetic
    whole: list[N] = []
    kept: list[N] = []
    waiting = list(beside)
    gone: list[tuple[date, N]] = []  # what was taken back of lines so far, where that makes room
    makes_room = any(cap.rule.taken_back == MAKES_ROOM for *_, cap in turns)
    for _, _, i, cap in turns:
        line = lines[i]
        while waiting and waiting[0].day <= line.event:
            amount = waiting.pop(0).amount
            _add(reckoning, whole, amount)
            _add(reckoning, kept, amount)
        limit = _limit(reckoning, cap, line)
        if limit is not None and cap.rule.taken_back == MAKES_ROOM:
            limit = _with_room(reckoning, line, limit, gone)
        amount = line.amount if limit is None else _cut(reckoning, cap, line, limit, whole, kept)
        gone += taken(line._replace(amount=amount)) if makes_room else ()
        _add(reckoning, whole, line.amount)
        _add(reckoning, kept, amount)
        if limit is not None and ar.value(amount) != ar.value(line.amount):
            effect = ar.difference(amount, line.computed, line.currency, cap.rule.says)
            note = f"{cap.rule.says} of {amount_words(ar.value(limit), line.currency)} reached"
            lines[i] = line._replace(amount=amount, effect=effect, effect_note=note)


def _add(reckoning: Reckoning[N], sums: list[N], amount: N) -> None:
    """One more amount of what has come so far: in values one sum, else each line would add up all before it."""
    sums.append(amount)
    if reckoning.arithmetic.plain:
        sums[:] = [reckoning.arithmetic.sum(sums, reckoning.currency, "so far")]


def _with_room(reckoning: Reckoning[N], line: EarningLine[N], limit: N, gone: Sequence[tuple[date, N]]) -> N:
    """What a cap allows with what was taken back up to the day of a line."""
    back = [amount for day, amount in gone if day <= line.event]
    if not back:
        return limit
    ar = reckoning.arithmetic
    return ar.sum(
        [limit, ar.sum(back, line.currency, "taken back before")], line.currency, "room with what was taken back"
    )


def _limit(reckoning: Reckoning[N], cap: LimitTerms, line: EarningLine[N]) -> N | None:
    """What a cap allows in the period of a line; None where it does not limit it."""
    rule, period = cap.rule, _period(reckoning, cap, line)
    if rule.when is not None and not met(reckoning, cap.version, rule.when, period):
        return None
    entry, owner = in_force(rule.at_most, line.event), getattr(line, rule.per, None) if rule.per != "partner" else None
    if entry is not None and entry.attribute:
        whose = (rule.per, str(owner))
        return owners_number(reckoning, cap.version, entry, whose, line.event, f"{cap.key}.at_most") if owner else None
    at, words = (line.event, period), (rule.says, cap.origin)
    return limit_on(reckoning, cap.version, rule.at_most, at, words, (line.base_currency, line.exchange))


def _period(reckoning: Reckoning[N], cap: LimitTerms, line: EarningLine[N]) -> Period:
    """The period in which a cap's condition and metric are looked at: its own, else the statement's."""
    every = cap.rule.every
    return reckoning.calendar.at(line.event, every) if every in reckoning.calendar.by_day else line.period


def _cut(reckoning: Reckoning[N], cap: LimitTerms, line: EarningLine[N], limit: N, whole: list[N], kept: list[N]) -> N:
    """What a line keeps: at most what is left under the cap; a negative one first gives back what others lost."""
    ar, currency, says = reckoning.arithmetic, line.currency, cap.rule.says
    zero = ar.rule(ZERO, currency, "nothing", cap.origin)
    before = ar.sum(kept, currency, "earned before under the cap")
    if line.amount >= ZERO:
        left = ar.greatest([ar.difference(limit, before, currency, "left under the cap"), zero], currency, says)
        return ar.because(ar.least([line.amount, left], currency, line.says), f"{says} reached")
    lost = ar.difference(ar.sum(whole, currency, "earned before, uncut"), before, currency, "cut before")
    rest = ar.of(line, ar.sum([line.amount, lost], currency, line.says))
    return ar.because(ar.least([rest, zero], currency, line.says), f"{says} had cut the period already")
