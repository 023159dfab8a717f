"""Aggregates of facts: kinds and attributes that exist, numbers where numbers are needed, tables that can match."""

from collections.abc import Iterator
from difflib import get_close_matches

from partnerdesk.engine.currencies import CODES
from partnerdesk.engine.facts import DAY, KINDS, MONEY, REF
from partnerdesk.engine.metrics.of_lines import named
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.rules import Keep, Metric, Program, Term
from partnerdesk.engine.terms.metrics import COUNTS, ends_of, is_plain_sum
from partnerdesk.engine.world.tree import GROUP, LEG, OWN
from partnerdesk.engine.world.where import (
    EARNING,
    MADE,
    TIER_HELD,
    is_day,
    is_number,
    kind_of,
    known_path,
    money_attribute,
    paths,
)
from partnerdesk.program.lint.found import Found, filter_problems, units_of, unknown
from partnerdesk.program.lint.held import tiers_held
from partnerdesk.program.lint.keeps import keep_problems
from partnerdesk.program.lint.windows import window_problems


def aggregate_problems(program: Program, path: str, metric: Metric) -> Iterator[Found]:
    """What an aggregate of facts, or of lines of earnings, cannot mean."""
    if metric.of not in (*KINDS, *MADE):
        yield unknown(f"{path}.of", "kind of fact", metric.of, [*KINDS, *MADE])
        return
    yield from filter_problems(f"{path}.where", metric.of, metric.where)
    yield from window_problems(f"{path}.window", metric.window)
    yield from _value(path, metric)
    yield from _units(path, metric)
    yield from _times(path, metric)
    yield from group_problems(program, path, metric, metric)
    if metric.of == EARNING:
        yield from _lines(program, path, metric)
    else:
        yield from tiers_held(program, path, metric) if metric.of == TIER_HELD else ()
        yield from _days(path, metric)
    if metric.credit != "share" and metric.of != "deal":
        yield f"{path}.credit", "only deals are credited to several partners.", "Drop it.", False
    if metric.adjustments and not (is_plain_sum(metric) and money_attribute(metric.of, metric.value)):
        yield f"{path}.adjustments", "adjustments can be added to a plain sum of money only.", "Drop it.", False


def _value(path: str, metric: Metric) -> Iterator[Found]:
    if metric.take == "count":
        return
    if not known_path(metric.of, metric.value):
        yield no_attribute(f"{path}.value", metric.of, metric.value)
    elif metric.take not in COUNTS and not is_number(metric.of, metric.value):
        message = f"{metric.of}'s {metric.value} is no number: it has no {metric.take}."
        yield f"{path}.value", message, 'Name a number, or write take = "distinct".', False


def _days(path: str, metric: Metric) -> Iterator[Found]:
    kind = metric.of
    if metric.day and not is_day(kind, metric.day):
        yield no_day(f"{path}.day", kind, metric.day)
    if metric.window.span != "in force":
        if metric.until:
            yield f"{path}.until", "only a window “in force” asks until when.", "Drop it, or change window.", False
        return
    until = ends_of(metric)
    if not known_path(kind, until) or kind_of(kind, until) != DAY:
        yield f"{path}.until", f"{kind} has no day {until} that ends it.", "Name the day until which it counts.", False


def _units(path: str, metric: Metric) -> Iterator[Found]:
    if not metric.per:
        return
    at = f"{path}.per"
    is_money = metric.take not in COUNTS and known_path(metric.of, metric.value)
    if not is_money or kind_of(metric.of, metric.value) != MONEY:
        yield at, "only amounts of money are counted in units.", "Drop it, or name an amount in value.", False
    if metric.of == EARNING:
        yield at, "earnings are in the program's currency.", "Drop it; divide by a fixed metric.", False
    for code, value in metric.per.items():
        if value <= ZERO:
            yield f"{at}.{code}", "the value of a unit is above zero.", "Correct it.", False
        if code not in CODES:
            yield f"{at}.{code}", f"{code} is not a currency code.", "Write an ISO 4217 code such as EUR.", False


def _times(path: str, metric: Metric) -> Iterator[Found]:
    for number, table in enumerate(metric.times):
        at = f"{path}.times.{number}"
        if not table:
            yield at, "the table is empty: nothing would count.", "Add { factor = 1 }.", False
        seen = set()
        for entry in table:
            yield from filter_problems(at, metric.of, entry.where)
            yield from _of_fact(at, metric, entry.attribute)
            if frozenset(entry.where) in seen:
                yield at, "two entries have the same conditions: the second never counts.", "Drop one.", False
            seen.add(frozenset(entry.where))


def _of_fact(at: str, metric: Metric, name: str) -> Iterator[Found]:
    """A number of the fact that multiplies it: a plain one."""
    if not name:
        return
    if metric.of == EARNING:
        yield at, "a line of an earning has no numbers of its own.", "Drop attribute.", False
    elif not known_path(metric.of, name):
        yield no_attribute(at, metric.of, name)
    elif not is_number(metric.of, name) or money_attribute(metric.of, name):
        yield at, f"{metric.of}'s {name} is no plain number.", "Name a number that is no amount of money.", False


def group_problems(program: Program, path: str, metric: Metric, of: Metric) -> Iterator[Found]:
    """What groups cannot mean; `of` is the metric whose facts are put in groups."""
    rule, at = metric.groups, f"{path}.groups"
    if rule is None:
        return
    if rule.by == LEG:
        yield from _legs(at, of)
    elif not known_path(of.of, rule.by):
        yield no_attribute(f"{at}.by", of.of, rule.by)
    yield from keep_problems(f"{at}.keep", rule.keep)
    most, keep = rule.not_above, rule.keep or Keep()
    if isinstance(most, Term):
        yield from _share(program, f"{at}.not_above", metric, most)
    elif most is not None and not ((keep.at_least or most) <= most and (keep.above is None or keep.above < most)):
        yield f"{at}.not_above", "no group that counts so little lies inside the bounds of keep.", "Raise it.", False
    for name, other in (("among", rule.among), ("without", rule.without)):
        if not other:
            continue
        if other not in program.metric:
            yield unknown(f"{at}.{name}", "metric", other, list(program.metric))
        elif program.metric[other].groups is None:
            yield f"{at}.{name}", f"{other} has no groups.", "Name a metric with groups by the same attribute.", False


def _share(program: Program, at: str, metric: Metric, most: Term) -> Iterator[Found]:
    """A metric times a number, as the most that a group counts."""
    if most.times <= ZERO:
        yield at, "nothing of a group would count.", "Write times = 0.5 for half of it.", False
    (name,) = [name for name, found in program.metric.items() if found is metric]
    units = units_of(program, (name, most.metric))
    takes_count = metric.groups is not None and metric.groups.take == "count"
    if len(units) > 1 and not takes_count:
        yield at, f"it compares {' and '.join(sorted(units))}.", "Name a metric of one unit with the groups.", True


def _legs(at: str, metric: Metric) -> Iterator[Found]:
    """Legs are branches of a tree: of facts of partners, of several of them."""
    if metric.whose == OWN:
        message = "the partner's own facts come from no leg."
        yield f"{at}.by", message, 'Write whose = "branch" or "group" beside it, for instance.', False
    if metric.of == EARNING:
        yield f"{at}.by", "lines of earnings have no legs.", "Aggregate the facts that they are earned on.", False


def _lines(program: Program, path: str, metric: Metric) -> Iterator[Found]:
    for name in named(metric):
        if name not in program.earning:
            yield unknown(f"{path}.where", "earning", name, list(program.earning))
    if metric.whose == GROUP:
        message = "what a whole group earns is not known before each of it is worked out."
        yield f"{path}.whose", message, 'Write "branch": the partner and all below it.', False
    for name in ("day", "until"):
        if getattr(metric, name):
            yield f"{path}.{name}", "lines of earnings are dated by their event.", "Drop it.", False
    if metric.window.span in ("in force", "next"):
        message = f"lines of earnings have happened: none is “{metric.window.span}”."
        yield f"{path}.window", message, 'Write "period" or "4 quarters before", for instance.', False


def no_day(path: str, kind: str, name: str) -> Found:
    """A day that a kind does not have, with those that it has."""
    days = [own for own in paths(kind) if is_day(kind, own)]
    remedy = f"Name one of its days: {', '.join(days)}, or a free attribute that holds one, attributes.{name}."
    return path, f"{kind} has no day {name}.", remedy, False


def no_attribute(path: str, kind: str, name: str) -> Found:
    """An attribute that a kind does not have, with the nearest one that it has."""
    near = get_close_matches(name, paths(kind), 1, 0.6)
    remedy = f"Did you mean {near[0]}?" if near else f"Known: {', '.join(p for p in paths(kind) if p != REF)}."
    return path, f"{kind} has no attribute {name or '(none)'}.", remedy, False
