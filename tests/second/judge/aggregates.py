"""Aggregates of facts: which ones count, what each is worth, how they are put together, groups."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from partnerdesk.engine.rules import Groups, Metric, Multiple, Term
from tests.second.judge.book import Case, credits_of, usual_day
from tests.second.judge.days import Span
from tests.second.judge.filters import is_money, look, passes, referred_currency, the_best
from tests.second.judge.flags import flags_of
from tests.second.judge.line import EARNING
from tests.second.judge.money import NoRate, exchanged, rounded
from tests.second.judge.scopes import in_scope
from tests.second.judge.tree import cases_of, theirs
from tests.second.judge.versions import on_day
from tests.second.judge.windows import days_of

TIER_HELD = "tier_held"  # the kind of a tier that a partner below holds
ENDS = {"certification": "expires", "contract": "ended", "case": "closed"}


class Counted(NamedTuple):
    """A fact that counts: its day, what is measured of it, and its multipliers together."""

    day: date
    id: str
    value: Any
    times: Fraction
    group: Any


def aggregate(case: Case, rule: Metric, span: Span) -> Fraction | None:
    """What the facts give together; None where there is nothing to measure, or fewer facts than are needed."""
    facts = rows_of(case, rule, span)
    different = len({fact.value for fact in facts}) if rule.take == "distinct" else len(facts)
    if different < rule.minimum_rows:
        return None
    return taken(rule.take, facts) if rule.groups is None else of_groups(case, rule, span)


def of_groups(case: Case, rule: Metric, span: Span) -> Fraction | None:
    """What the groups that count give together; None of none, but for sum and count where none is inside bounds."""
    assert rule.groups
    groups = groups_elsewhere(case, rule, span)
    kept = list(the_best(groups, rule.groups.keep).values())
    if groups and not kept:
        return Fraction(0) if rule.groups.take in ("count", "sum") else None
    return put_together(rule.groups.take, kept) if kept else None


def groups_that_count(case: Case, rule: Metric, span: Span) -> dict[Any, Fraction]:
    """Each group's aggregate, of the groups that count in the other metrics too and lie inside the bounds."""
    assert rule.groups
    groups = groups_elsewhere(case, rule, span)
    return the_best({name: groups[name] for name in sorted(groups, key=str)}, rule.groups.keep)


def by_group(case: Case, rule: Metric, span: Span, groups: Groups) -> dict[Any, list[Counted]]:
    """The facts of a metric in groups; those without the attribute are in none."""
    apart: dict[Any, list[Counted]] = {}
    for fact in rows_of(case, rule, span, groups):
        if fact.group not in (None, ""):
            apart.setdefault(fact.group, []).append(fact)
    return apart


def groups_elsewhere(case: Case, rule: Metric, span: Span) -> dict[Any, Fraction]:
    """The number of each group, bounded, of those that count in the other metrics, too."""
    from tests.second.judge.growths import grown_by_group
    from tests.second.judge.metrics import found_of

    groups = rule.groups
    assert groups
    if rule.growth:
        found = grown_by_group(case, rule, span)
    else:
        apart = by_group(case, rule, span, groups)
        found = {group: value for group, facts in apart.items() if (value := taken(rule.take, facts)) is not None}
    if not found:
        return {}  # nothing of the other metrics matters
    if isinstance(groups.not_above, Term):
        bound = found_of(case, groups.not_above.metric, span)
        most = None if bound is None else bound * Fraction(groups.not_above.times)
    else:
        most = None if groups.not_above is None else Fraction(groups.not_above)
    if most is not None:
        found = {group: min(value, most) for group, value in found.items()}
    if groups.among:
        others = groups_that_count(case, case.program.metric[groups.among], span)
        found = {group: value for group, value in found.items() if group in others}
    if groups.without:
        others = groups_that_count(case, case.program.metric[groups.without], span)
        found = {group: value for group, value in found.items() if group not in others}
    return found


def _group(case: Case, rule: Metric, groups: Groups, owner: Case, row: Any) -> Any:
    """What puts a fact in a group; its leg is the child of the top one that the owner is, or is below."""
    if groups.by != "leg":
        return look(owner, rule.of, row, groups.by)
    top = (cases_of(case, "group")[0] if rule.whose == "group" else case).partner.id
    known = {one.id: one for one in case.facts.of("partner")}
    way = [owner.partner.id]
    while way[-1] != top:
        way.append(known[way[-1]].parent)
    return way[-2] if len(way) > 1 else top


def rows_of(case: Case, rule: Metric, span: Span, groups: Groups | None = None) -> list[Counted]:
    """The facts that count, in order of (day, id), each with what puts it in a group."""
    groups = groups or rule.groups
    first, last = days_of(case, rule.window, span)
    found: list[Counted] = []
    for row, whose in _facts(case, rule, last):
        day = getattr(row, rule.day) if rule.day else _usual_day(rule.of, row)
        if day is None or day > last or (first is not None and day < first):
            continue
        if rule.window.span == "in force" and not _is_in_force(case, rule, row, last):
            continue
        seen = [one for one in whose if passes(one, rule.of, row, rule.where) and in_scope(one, rule.of, row)]
        if not seen:
            continue
        value = _worth(seen, rule, row, day)
        if rule.take == "count" or value is not None:
            group = _group(case, rule, groups, seen[0], row) if groups else None
            found.append(Counted(day, str(row.id), value, times_of(seen[0], rule, row), group))
    if flags_of(case.program, rule):
        found += adjustments(case, rule, first, last)
    return sorted(found, key=lambda fact: (fact.day, fact.id))


def adjustments(case: Case, rule: Metric, first: date | None, last: date) -> list[Counted]:
    """The adjustments of some days that count with a sum; under a filter those of a fact that counts, too, which has
    an amount.
    """
    passing = {
        row.id
        for row, whose in _facts(case, rule, last)
        for one in whose
        if look(one, rule.of, row, rule.value) is not None
        and passes(one, rule.of, row, rule.where)
        and in_scope(one, rule.of, row)
    }
    found = []
    for row, _ in theirs(case, rule.whose, "adjustment"):
        is_flagged = any(getattr(row, flag) for flag in flags_of(case.program, rule))
        is_there = row.amount is not None and row.day is not None and (first or row.day) <= row.day <= last
        if is_flagged and is_there and row.day <= case.as_of and (not rule.where or row.line in passing):
            exchange = on_day(case, row.day).program.exchange
            value = exchanged(case, row.amount, row.currency, row.day, exchange)
            found.append(Counted(row.day, str(row.id), value, Fraction(1), None))
    return found


def _facts(case: Case, rule: Metric, last: date) -> list[tuple[Any, list[Case]]]:
    """The facts of the kind, or lines of the earnings that are asked for, up to a day, and whose each is."""
    if rule.of == TIER_HELD:
        assert case.held_by
        return [(held, [one]) for one in cases_of(case, rule.whose) for held in case.held_by(one.partner.id)]
    if rule.of != EARNING:
        return list(theirs(case, rule.whose, rule.of))
    assert case.earned
    names = dict.fromkeys(name for version in case.versions for name in version.earning)
    asked = [test.one_of for test in rule.where if test.attribute == "earning" and test.one_of and not test.negated]
    wanted = [name for name in names if not asked or name in asked[0]]
    found: list[tuple[Any, list[Case]]] = []
    for one in cases_of(case, rule.whose):
        if one.partner.id == case.partner.id:
            found += [(line, [case]) for name in wanted for line in case.earned(name, min(last, case.as_of))]
        else:
            assert case.earned_by
            own = [line for line in case.earned_by(one.partner.id) if line.earning in wanted and line.event <= last]
            found += [(line, [case]) for line in own]
    return found


def _usual_day(kind: str, row: Any) -> date | None:
    return row.event if kind == EARNING else row.start if kind == TIER_HELD else usual_day(kind, row)


def _is_in_force(case: Case, rule: Metric, row: Any, last: date) -> bool:
    until = look(case, rule.of, row, rule.until or ENDS.get(rule.of, "end"))
    return until is None or until >= last


def _worth(whose: list[Case], rule: Metric, row: Any, day: date) -> Any:
    """What is measured of a fact: an amount in units or in the program's currency, the shares of a deal's."""
    case = whose[0]
    if rule.take == "count":
        return None
    value = look(case, rule.of, row, rule.value)
    if value is None or rule.take == "distinct":
        return value
    if rule.of != EARNING and is_money(rule.of, rule.value):
        if rule.per:
            if row.currency not in rule.per:
                raise NoRate
            value = value / Fraction(rule.per[row.currency])
        else:
            value = exchanged(case, value, row.currency, day, case.program.exchange)
        if rule.of == "deal" and rule.credit == "share":
            value *= sum((own_share(one, row) for one in whose), Fraction(0))
    elif rule.of != EARNING and (currency := referred_currency(case, rule.of, row, rule.value)):
        value = exchanged(case, value, currency, day, case.program.exchange)
    return _inside(rule, Fraction(value))


def _inside(rule: Metric, value: Fraction) -> Fraction:
    """A fact's value as the metric lets each of them count."""
    each = rule.each
    if each is None:
        return value
    if each.not_below is not None:
        value = max(value, Fraction(each.not_below))
    if each.not_above is not None:
        value = min(value, Fraction(each.not_above))
    return value if each.decimals is None else rounded(value, each.decimals, each.mode)


def own_share(case: Case, deal: Any) -> Fraction:
    """The partner's share of a deal: as it is credited; the whole where nobody is."""
    credits = credits_of(case, deal)
    own = [c for c in credits if c.partner == case.partner.id]
    if own:
        return sum((Fraction(c.share) for c in own), Fraction(0))
    if deal.partner == case.partner.id:
        return max(1 - sum((Fraction(c.share) for c in credits), Fraction(0)), Fraction(0))
    return Fraction(0)


def times_of(case: Case, rule: Metric, row: Any) -> Fraction:
    """One multiplier of each table, multiplied; 0 where no entry of a table fits."""
    found = Fraction(1)
    for table in rule.times:
        found *= _best(case, rule.of, row, table)
    return found


def _best(case: Case, kind: str, row: Any, table: Sequence[Multiple]) -> Fraction:
    fitting = [entry for entry in table if passes(case, kind, row, entry.where)]
    if not fitting:
        return Fraction(0)
    most = max(len(entry.where) for entry in fitting)
    entry = next(entry for entry in fitting if len(entry.where) == most)
    own = look(case, kind, row, entry.attribute) if entry.attribute else 1
    return Fraction(entry.factor) * Fraction(own or 0)


def taken(take: str, facts: Sequence[Counted]) -> Fraction | None:
    if not facts:
        return None
    if take == "count":
        return sum((fact.times for fact in facts), Fraction(0))
    if take == "distinct":
        firsts: dict[Any, Fraction] = {}
        for fact in facts:
            firsts.setdefault(fact.value, fact.times)
        return sum(firsts.values(), Fraction(0))
    return put_together(take, [fact.value * fact.times for fact in facts])


def put_together(take: str, values: Sequence[Fraction]) -> Fraction:
    """Values in the order of their days, one or more."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    if take == "median":
        return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
    whole = sum(values, Fraction(0))
    return {
        "sum": whole,
        "mean": whole / len(values),
        "least": ordered[0],
        "greatest": ordered[-1],
        "latest": values[-1],
        "count": Fraction(len(values)),
    }[take]
