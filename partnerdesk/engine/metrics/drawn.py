"""What a metric draws on: the facts of those whose facts count, in order of day, each with the number it adds."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import compress
from typing import Any

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.metrics.adjusted import with_adjustments
from partnerdesk.engine.metrics.finishing import kept_within
from partnerdesk.engine.metrics.of_lines import lines_drawn
from partnerdesk.engine.metrics.of_tiers import tiers_drawn
from partnerdesk.engine.metrics.referred import currency_of_referred
from partnerdesk.engine.money import ONE, ZERO
from partnerdesk.engine.reckoning import Drawn, Reckoning
from partnerdesk.engine.terms.measured import Plain
from partnerdesk.engine.terms.metrics import MetricTerms
from partnerdesk.engine.terms.versions import Terms
from partnerdesk.engine.world.columns import Columns
from partnerdesk.engine.world.days import FREE
from partnerdesk.engine.world.derived import Getter
from partnerdesk.engine.world.index import Index, Series
from partnerdesk.engine.world.tree import GROUP
from partnerdesk.engine.world.where import EARNING, TIER_HELD
from partnerdesk.engine.world.world import MissingRate, World


def drawn_of(reckoning: Reckoning[N], terms: MetricTerms, end: date) -> Drawn[N]:
    """The metric's facts in order of day, filter applied, each with its number: made once, every window is a slice.

    Lines of earnings are drawn as far as to the window's end, and never kept: there may be more of them later.
    """
    if terms.metric.of == EARNING:
        return lines_drawn(reckoning, terms, end)
    found = reckoning.drawn.get(terms.draw)
    if found is None and terms.metric.of == TIER_HELD:
        found = reckoning.drawn[terms.draw] = tiers_drawn(reckoning, terms)
    elif found is None:
        made = _drawn_of_group if terms.metric.whose == GROUP else _adjusted
        found = reckoning.drawn[terms.draw] = made(reckoning, terms)
    return found


def _drawn_of_group(reckoning: Reckoning[N], terms: MetricTerms) -> Drawn[N]:
    """What is the same for all of a group is drawn once."""
    kept = reckoning.world.tree.of_group.drawn
    if terms.draw not in kept:
        kept[terms.draw] = _adjusted(reckoning, terms)
    found: Drawn[N] = kept[terms.draw]
    return found


def _adjusted(reckoning: Reckoning[N], terms: MetricTerms) -> Drawn[N]:
    found = _drawn(reckoning, terms) if terms.is_own else _drawn_together(reckoning, terms)
    return with_adjustments(reckoning, terms, found) if terms.adjustments else found


def _drawn(reckoning: Reckoning[N], terms: MetricTerms) -> Drawn[N]:
    world, passes = reckoning.world, terms.passes
    read = None if terms.counts or terms.weighs else terms.reader(world, terms.get)
    series = (world.summed if terms.is_plain_sum else world.series)(terms.metric.of, terms.metric.day)
    amounts = _amounts(reckoning, terms, series)
    if amounts is not None:
        return amounts
    found: Drawn[N] = Drawn([], [], [], {})
    for day, row in zip(series.days, series.rows, strict=True):
        if passes is not None and not passes(row, world):
            continue
        if not terms.counts:
            value = read(row) if read else ONE
            if value is None:
                continue
            try:
                number = _number(reckoning, terms, row, value, day, (world,))
            except MissingRate as missing:
                found.gaps[len(found.rows)] = str(missing)
                number = reckoning.nothing
            found.numbers.append(number)
        found.days.append(day)
        found.rows.append(row)
    return found


def _drawn_together(reckoning: Reckoning[N], terms: MetricTerms) -> Drawn[N]:
    """The same of several partners, each fact with the worlds of those for whom it passes the filter."""
    passes, get, ar = terms.passes, None if terms.counts or terms.weighs else terms.get, reckoning.arithmetic
    held = reckoning.world.tree.held(terms.metric.whose, terms.metric.of, terms.metric.day)
    owners: dict[str, tuple[World, ...]] = {}
    found: Drawn[N] = Drawn([], [], [], {}, owners)
    for day, row in zip(held.series.days, held.series.rows, strict=True):
        worlds = held.owners[row.id]
        worlds = worlds if passes is None else tuple(world for world in worlds if passes(row, world))
        value = get(row, worlds[0]) if get and worlds else ONE
        if not worlds or value is None:
            continue
        if not terms.counts:
            try:
                found.numbers.append(_number(reckoning, terms, row, value, day, worlds))
            except MissingRate as missing:
                found.gaps[len(found.rows)] = str(missing)
                found.numbers.append(reckoning.nothing)
        elif ar.traced:
            found.numbers.append(ar.leaf(row, "", ONE, terms.fact_unit, f"{terms.metric.says}{_of(worlds)}"))
        found.days.append(day)
        found.rows.append(row)
        owners[row.id] = worlds
    return found


def _of(worlds: Sequence[World]) -> str:
    """Whose a fact is, in words."""
    return f" of {' and '.join(world.partner.name or world.partner.id for world in worlds)}"


def _amounts(reckoning: Reckoning[N], terms: MetricTerms, series: Series) -> Drawn[N] | None:
    """Amounts of rows that are nothing but themselves, all known and in the program's currency; None for others.

    The most common case, read column by column.
    """
    if not terms.is_plain_money or (terms.is_credited and reckoning.world.index.credits):
        return None
    kind, name, world = terms.metric.of, terms.own_value, reckoning.world
    days, rows = series.days, series.rows
    if reckoning.arithmetic.plain and _is_plain_everywhere(world.index, terms):
        column = world.own_column(kind, rows, name)
        if column is not None:
            return Drawn(days, rows, column, {})
    numbers, picks = world.column(kind, rows, name), terms.filtered(rows, world)
    if picks is not None:
        days, rows, numbers = ([*compress(column, picks)] for column in (days, rows, numbers))
    if not world.is_of(kind, name, numbers, Decimal):
        return None
    if not world.is_always(kind, rows, "currency", terms.own_currency):
        return None
    if reckoning.arithmetic.traced:
        leaf, currency = reckoning.arithmetic.leaf, reckoning.currency
        numbers = [leaf(row, name, value, currency, name) for row, value in zip(rows, numbers, strict=True)]
    return Drawn(days, rows, numbers, {})


def plainly_drawn(reckoning: Reckoning[Any], terms: MetricTerms) -> Plain | None:
    """The days and amounts that a metric draws on, where columns of a whole book have them as they are; None else.

    Kept for all metrics that draw on the same.
    """
    found = reckoning.plain.get(terms.draw)
    if found is None:
        found = reckoning.plain[terms.draw] = _plainly_drawn(reckoning, terms) or ()
    return found or None


def _plainly_drawn(reckoning: Reckoning[Any], terms: MetricTerms) -> Plain | None:
    kind, world = terms.metric.of, reckoning.world
    if not terms.is_plain_money or terms.adjustments:
        return None
    columns, days = world.own_columns(kind), world.own_days(kind, terms.metric.day)
    if columns is None or days is None or not _is_plain_everywhere(world.index, terms):
        return None
    return Plain(days, columns.of(terms.own_value).get(reckoning.partner, []), {})


def read_ahead(index: Index, all_terms: Iterable[Terms]) -> None:
    """Reads at once what plain sums of a whole book will ask of all rows of a kind."""
    metrics = (m for terms in all_terms for version in terms.versions for m in version.metrics.values())
    for terms in metrics:
        if terms.is_plain_sum and terms.is_plain_money and (columns := index.columns(terms.metric.of)) is not None:
            days = [day for day in (terms.metric.day,) if day and not day.startswith(FREE)]
            chosen = [terms.metric.where[0].attribute] if terms.choices is not None else []
            columns.read(["partner", *days, terms.own_value], ["currency", *chosen])


def _is_plain_everywhere(index: Index, terms: MetricTerms) -> bool:
    """Whether all rows of the book pass, with an amount in the program's currency. Asked once of a whole book."""
    found = index.plain.get(terms)
    if found is None:
        columns = index.columns(terms.metric.of)
        found = index.plain[terms] = columns is not None and _is_plain(columns, terms)
    return found


def _is_plain(columns: Columns, terms: MetricTerms) -> bool:
    where, choices = terms.metric.where, terms.choices
    if where and (choices is None or not columns.values(where[0].attribute) <= choices):
        return False
    return columns.types(terms.own_value) == {Decimal} and columns.values("currency") <= terms.own_currency


def _number(reckoning: Reckoning[N], terms: MetricTerms, row: Any, value: Any, day: date, worlds: Sequence[World]) -> N:
    """What one fact adds: its value as far as it counts, or what it counts for, times what the tables say.

    `worlds` are those of the partners whose it is.
    """
    ar, each = reckoning.arithmetic, terms.metric.each
    whose = "" if terms.is_own or not ar.traced else _of(worlds)
    if terms.weighs:
        own = ar.leaf(row, "", ONE, "1", f"counted{whose}")
    else:
        own = _value(reckoning, terms, row, value, f"{terms.value_says}{whose}", day, worlds[0])
        own = _credited(reckoning, terms, row, own, worlds)
    own = own if each is None else kept_within(reckoning, terms, each, own)
    if not terms.tables:
        return own
    factors = [table.factor(ar, row, worlds[0]) for table in terms.tables]
    return ar.product([own, *factors], terms.fact_unit, terms.metric.says)


def _value(reckoning: Reckoning[N], terms: MetricTerms, row: Any, value: Any, label: str, day: date, world: World) -> N:
    """A fact's value; where it is money in the program's currency or in units."""
    name, ar = terms.metric.value, reckoning.arithmetic
    if not terms.is_money:
        currency = currency_of_referred(reckoning, terms.metric.of, name, row, world)
        own = ar.leaf(row, name, Decimal(value), currency or terms.fact_unit, label)
        return reckoning.exchanged(terms.version.program.exchange, own, currency, label, day) if currency else own
    if terms.metric.per:
        return _units(reckoning, terms, row, value, label)
    if row.currency == reckoning.currency:
        return ar.leaf(row, name, value, row.currency, label)
    return reckoning.money(terms.version.program.exchange, row, value, name, label, day)


def _credited(reckoning: Reckoning[N], terms: MetricTerms, row: Any, number: N, worlds: Sequence[World]) -> N:
    """A deal's amount by the credit of those whose it is."""
    if not (terms.is_money and terms.is_credited and reckoning.world.index.credits):
        return number
    share = sum([world.share(row) for world in worlds], ZERO)
    if share == ONE:
        return number
    credit = reckoning.arithmetic.leaf(row, "credit", share, "1", "credited share")
    return reckoning.arithmetic.product([number, credit], terms.fact_unit, terms.value_says)


def _units(reckoning: Reckoning[N], terms: MetricTerms, row: Any, value: Decimal, label: str) -> N:
    """An amount in units of the program's own table, never exchanged. Raises MissingRate."""
    metric, ar = terms.metric, reckoning.arithmetic
    if row.currency not in metric.per:
        raise MissingRate(f"{metric.says} says no value of a unit in {row.currency}")
    unit = ar.choice(metric.per, row.currency, row.currency, "one unit", terms.origin)
    return ar.quotient(ar.leaf(row, metric.value, value, row.currency, label), unit, terms.fact_unit, terms.value_says)


def reader(reckoning: Reckoning[N], terms: MetricTerms, get: Getter) -> Callable[[Any], Any]:
    """Reads something of a drawn fact as the first of those sees it whose it is."""
    if terms.is_own or terms.metric.of == EARNING:
        return terms.reader(reckoning.world, get)
    owners = reckoning.drawn[terms.draw].owners or {}
    return lambda row: get(row, owners[row.id][0])
