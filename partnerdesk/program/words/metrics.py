"""What a metric measures: in one line, and in full with everything its rule says."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from partnerdesk.engine.facts import plural
from partnerdesk.engine.figures.reasons import percent_words
from partnerdesk.engine.money import ONE
from partnerdesk.engine.rules import Each, Keep, Metric, Multiple, Program, ScorePart, Term, every_part
from partnerdesk.engine.terms.keeps import best_of
from partnerdesk.engine.terms.metrics import COUNTS, ends_of
from partnerdesk.engine.world.tree import GROUP, LEG, OWN, WITH_OWN
from partnerdesk.engine.world.where import EARNING
from partnerdesk.engine.world.where_words import plain, spoken, tests_words
from partnerdesk.program.words.facts import day_sentence, ends_words, taken_words, window_words
from partnerdesk.program.words.naming import earning_says, listed, many, metric_says, period_noun


def definition(program: Program, name: str) -> str:
    """What a metric measures, in one line; of a category of the score, what it is made of."""
    metric = program.metric.get(name)
    if metric is None:
        return _category(program, name)
    if metric.of:
        return _aggregate(program, metric)
    for way, words in _WAYS.items():
        if getattr(metric, way):
            return words(program, metric)
    assert metric.fixed is not None
    return f"{plain(metric.fixed)}, fixed by the program"


def metric_sentence(program: Program, name: str) -> str:
    """A metric with everything that its rule says, as sentences."""
    metric = program.metric[name]
    said = [f"{metric.says}: {definition(program, name)}", *_facts(metric), *_further(program, metric)]
    note = f" {metric.note.rstrip('.')}." if metric.note else ""
    return "; ".join(said) + "." + note


def _category(program: Program, name: str) -> str:
    rule = program.score
    tracks = [part for track in rule.track for part in track.parts] if rule else []
    for part in every_part([*rule.parts, *tracks]) if rule else ():
        if part.says == name:
            return "made of " + ", ".join(part_says(program, inner) for inner in part.parts)
    return ""


def part_says(program: Program, part: ScorePart) -> str:
    """The name of a part of the score."""
    return program.metric[part.metric].says if part.metric else part.says


def _ratio(program: Program, metric: Metric) -> str:
    assert metric.ratio
    above, below = (metric_says(program, name) for name in metric.ratio)
    zero = ", zero where there is nothing below" if metric.missing == "zero" else ""
    return f"{above} divided by {below}{zero}"


def _growth(program: Program, metric: Metric) -> str:
    says, is_year = metric_says(program, metric.growth), metric.growth_from == "a year before"
    earlier = "the same window a year before" if is_year else "the period before"
    how = {"share": f"growth of {says} against", "amount": f"increase of {says} over"}.get(metric.growth_as)
    how = how or f"{says} divided by that of"
    floor = f"; only where that was above {plain(metric.minimum_base)}" if metric.minimum_base else ""
    return f"{_grouped(metric)}{how} {earlier}{floor}"


def _mix(program: Program, metric: Metric) -> str:
    parts = ", ".join(f"{metric_says(program, p.metric)} {plain(p.weight)}" for p in metric.mix)
    return f"weighted mean of {parts}; what is not evaluated leaves its weight to the others"


def _retention(program: Program, metric: Metric) -> str:
    if metric.retention_of == "due":
        return f"{_DUE[metric.retention]}, of contracts that ended {window_words(metric.window)}{_WHOSE[metric.whose]}"
    days = window_words(metric.window)
    who = {
        "in force": f"customers with a contract on the first day of {days.removeprefix('in ')}",
        "acquired": f"customers won {days}",
        "active": f"customers with a contract {days}",
    }[metric.retention_of]
    return f"{_KEPT[metric.retention]}, of {who}{_WHOSE[metric.whose]}"


_DUE = {
    "gross revenue": "recurring value renewed, at most what was due, divided by what was due",
    "net revenue": "recurring value renewed, with expansion, divided by what was due",
    "logo": "contracts renewed divided by contracts due",
}
_KEPT = {
    "gross revenue": "recurring value at the end, of each customer at most what it was, divided by what it was",
    "net revenue": "recurring value at the end, with expansion, divided by what it was",
    "logo": "customers with a contract at the end divided by all",
}


def _total(program: Program, metric: Metric) -> str:
    parts = []
    for term in metric.total:
        sign = "less" if term.times < 0 else "plus"
        times = "" if abs(term.times) == ONE else f"{plain(abs(term.times))} × "
        parts.append(f"{sign} {times}{metric_says(program, term.metric)}")
    return " ".join(parts).removeprefix("plus ")


def _series(program: Program, metric: Metric) -> str:
    rule = metric.series
    assert rule
    says, kept, best = metric_says(program, rule.metric), keep_words(rule.keep) if rule.keep else "", best_of(rule.keep)
    if rule.take == "count":
        with_ = f"{says}{f' {kept}' if kept else ''}"
        most = f", at most {best} of them" if best else ""
        return f"number of {period_noun(rule.each)}s with {with_}, {window_words(metric.window)}{most}"
    only = f"; only those {kept} count" if kept else ""
    if best:
        only += f"; {'of these ' if kept else ''}only the {f'{best} greatest count' if best > 1 else 'greatest counts'}"
    return f"{rule.take} of {says} by {period_noun(rule.each)}, {window_words(metric.window)}{only}"


def _power(program: Program, metric: Metric) -> str:
    assert metric.power
    return f"{metric_says(program, metric.power.metric)} to the power of {metric.power.to}"


def _listed(how: str, way: str) -> Callable[[Program, Metric], str]:
    return lambda program, metric: how + ", ".join(metric_says(program, name) for name in getattr(metric, way))


_SINCE = {"joined": "joined", "agreement_signed": "signed the agreement"}
_WAYS: dict[str, Callable[[Program, Metric], str]] = {
    "ratio": _ratio,
    "growth": _growth,
    "mix": _mix,
    "retention": _retention,
    "total": _total,
    "product": lambda program, metric: " × ".join(metric_says(program, name) for name in metric.product),
    "greatest_of": _listed("the greatest of ", "greatest_of"),
    "least_of": _listed("the least of ", "least_of"),
    "series": _series,
    "power": _power,
    "months_since": lambda program, metric: f"whole months since the partner {_SINCE[metric.months_since]}",
}


def keep_words(keep: Keep, says: Callable[[Any], str] = plain) -> str:
    """Bounds in words: at least 2 and below 5."""
    words = (("at least", keep.at_least), ("above", keep.above), ("at most", keep.at_most), ("below", keep.below))
    numbers = [(word, Decimal(n) if isinstance(n, int) and not isinstance(n, bool) else n) for word, n in words]
    return " and ".join(f"{word} {says(bound)}" for word, bound in numbers if bound is not None)


def _aggregate(program: Program, metric: Metric) -> str:
    least = f"; at least {metric.minimum_rows} of them are needed" if metric.minimum_rows else ""
    return f"{_grouped(metric)}{_taken(program, metric)}{_WHOSE[metric.whose]}, {window_words(metric.window)}{least}"


def _taken(program: Program, metric: Metric) -> str:
    """What is made of the facts; lines of earnings are called by what they are earned as."""
    named = next((t for t in metric.where if t.attribute == EARNING and t.one_of and not t.negated), None)
    if metric.of != EARNING or named is None or named.or_unknown:
        return taken_words(metric)
    rest = replace(metric, where=tuple(test for test in metric.where if test is not named))
    names = [str(name) for name in named.one_of or () if str(name) in program.earning]
    said = f" earned as {listed([earning_says(program, name) for name in names], 'or')}" if names else ""
    return taken_words(rest).replace("earnings", f"lines{said}", 1)


# Whose facts count, where that are not the partner's own alone.
_WHOSE = {
    "own": "",
    "sub-partners": ", of the partners directly below",
    "all below": ", of all partners below",
    "own and sub-partners": ", of the partner and those directly below it",
    "branch": ", of the partner and all below it",
    "group": ", of all partners of its group",
}


def _grouped(metric: Metric) -> str:
    rule = metric.groups
    if rule is None:
        return ""
    by = plural(rule.by)
    whom = "whom" if by.endswith("people") else "which"
    bounds, best = keep_words(rule.keep, _as_measured(metric)) if rule.keep else "", best_of(rule.keep)
    kept = f"for {whom} this is {bounds}" if bounds else f"for {whom} there is one"
    if rule.take == "count":
        return f"number of different {by} {kept}{f', at most {best} of them' if best else ''}: "
    which = f"the {best} greatest of all" if best else "all"
    return f"{rule.take} over {which} {by}{f' {kept}' if bounds else ''} of the "


def _as_measured(metric: Metric) -> Callable[[Any], str]:
    """How a number of one of its groups is said: growth as a percentage."""
    return percent_words if metric.growth and metric.growth_as == "share" else plain


def _facts(metric: Metric) -> Iterator[str]:
    """How each fact counts."""
    if metric.day:
        yield day_sentence(metric)
    if metric.of and metric.window.span == "in force":
        yield f"each is in force {ends_words(ends_of(metric))}"
    if metric.per:
        units = ", ".join(f"{plain(value)} {code}" for code, value in metric.per.items())
        yield f"amounts are counted in units of {units}, never exchanged"
    if metric.each is not None:
        yield from _each(metric.each)
    for table in metric.times:
        ordered = sorted(table, key=lambda entry: not entry.where)
        said = [f"{_factor(e)} {f'where {tests_words(e.where)}' if e.where else 'otherwise'}" for e in ordered]
        alone = len(table) == 1 and not table[0].where
        yield f"each is multiplied by {_factor(table[0]) if alone else ', '.join(said)}"
    if metric.of == "deal" and metric.take not in COUNTS:
        shares = "the partner's own share" if metric.whose == OWN else "their shares together"
        counts = "counts in full" if metric.credit == "full" else f"counts with {shares}"
        yield f"a deal that is shared with other partners {counts}"
    if metric.adjustments not in ("", "none"):
        which = {"tier": "the tier", "attainment": "attainment", "either": "the tier or attainment"}
        yield f"adjustments that count for {which[metric.adjustments]} are added"


def _factor(entry: Multiple) -> str:
    """What a fact is multiplied by: 5, its product's points, 2 times its product's points."""
    if not entry.attribute:
        return plain(entry.factor)
    return f"{'' if entry.factor == ONE else f'{plain(entry.factor)} times '}its {spoken(entry.attribute)}"


def _each(each: Each) -> Iterator[str]:
    """What each fact counts before all are put together."""
    if each.not_below is not None:
        yield f"one below {plain(each.not_below)} counts as that"
    if each.not_above is not None:
        yield f"one above {plain(each.not_above)} counts as that"
    if each.decimals is not None:
        yield f"each is rounded {_MODES[each.mode]} to {each.decimals} decimals"


_MODES = {
    "half-up": "half up",
    "half-even": "half to even",
    "up": "away from zero",
    "down": "towards zero",
    "ceiling": "up",
    "floor": "down",
}


def _further(program: Program, metric: Metric) -> Iterator[str]:
    """What else the rule says."""
    if metric.groups and metric.groups.by == LEG:
        whose = (program.metric[metric.growth] if metric.growth else metric).whose
        of = "the one at the top of the group" if whose == GROUP else "this one"
        own = ", and what is its own is a leg as well" if whose in WITH_OWN else ""
        yield f"a leg is a partner directly below {of} with all below it{own}"
    if metric.groups and metric.groups.not_above is not None:
        one = metric.groups.by.rpartition(".")[2].replace("_", " ")
        yield f"of any one {one} at most {_most(program, metric, metric.groups.not_above)} counts"
    if metric.groups and metric.groups.among:
        yield f"only those that count in {metric_says(program, metric.groups.among)}"
    if metric.groups and metric.groups.without:
        yield f"none that counts in {metric_says(program, metric.groups.without)}"
    if metric.series:
        yield "parts before the partner joined do not count"
    if metric.not_below is not None:
        yield f"a lesser value counts as {plain(metric.not_below)}"
    if metric.not_above is not None:
        yield f"a greater value counts as {plain(metric.not_above)}"
    if metric.decimals is not None:
        to = many(metric.decimals, "decimal") if metric.decimals else "whole numbers"
        yield f"rounded {_MODES[metric.mode]} to {to}"
    yield from _missing(metric)


def _most(program: Program, metric: Metric, most: Decimal | Term) -> str:
    """What a group counts at most: 5,000, 50 % of the required volume."""
    if isinstance(most, Decimal):
        return _as_measured(metric)(most)
    of = metric_says(program, most.metric)
    return of if most.times == ONE else f"{percent_words(most.times)} of {of}"


def _missing(metric: Metric) -> Iterator[str]:
    what = {
        "zero": "where there is nothing to measure it is zero",
        "not evaluated": "where there is nothing to measure it is not evaluated: no points, no requirement met",
        "blocks": "where there is nothing to measure no tier above the lowest is reached",
    }.get(metric.missing)
    if what:
        yield what
