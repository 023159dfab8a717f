"""Caps: what lines of a period may come to together, and what is cut of them."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from partnerdesk.engine.rules import Cap, DatedAmount, Program
from tests.second.judge.account import Account
from tests.second.judge.book import find, rows
from tests.second.judge.clawback import takings
from tests.second.judge.days import Span
from tests.second.judge.events import period_named
from tests.second.judge.filters import is_money, look, read_as
from tests.second.judge.line import Line
from tests.second.judge.metrics import measure
from tests.second.judge.money import NoRate, exchanged, rounded
from tests.second.judge.own_years import OWN_YEARS, OWNERS_YEARS
from tests.second.judge.taken_over import taken_over
from tests.second.judge.typed import opens

ZERO = Fraction(0)


def capped(account: Account, lines: list[Line]) -> list[Line]:
    """The lines after every cap, in the order of the text; caps of one name and scope go on from version to version."""
    names = dict.fromkeys(name for version in account.case.versions for name in version.cap)
    for name in names:
        caps = {v.version: v.cap[name] for v in account.case.versions if name in v.cap}
        for every, per in dict.fromkeys((cap.every, cap.per) for cap in caps.values()):
            alike = {version: cap for version, cap in caps.items() if (cap.every, cap.per) == (every, per)}
            lines = _under(account, alike, lines)
    return lines


def _under(account: Account, caps: dict[str, Cap], lines: list[Line]) -> list[Line]:
    groups: dict[object, list[int]] = {}
    former = {one.line.earning for one in taken_over(account) if one.is_open}
    for place, line in enumerate(lines):
        cap = caps.get(line.version.version)
        if cap is None or line.earning not in cap.of:
            continue
        if line.earning in former and line.event < opens(account):
            continue  # what was taken over stands in its place
        owner = "" if cap.per == "partner" else getattr(line, cap.per)
        if cap.per == "partner" or owner:
            series = period_named(account.case, line.event, cap.every, owner), owner
            groups.setdefault(series, []).append(place)
    found = list(lines)
    for places in groups.values():
        _cut(account, caps, places, found)
    return found


def _cut(account: Account, caps: dict[str, Cap], places: list[int], lines: list[Line]) -> None:
    """Cuts lines in order of day; of one day those that are cut first come last."""
    turns = sorted(places, key=lambda place: (lines[place].event, _last_on_its_day(caps, lines[place]), place))
    cap, own = caps[lines[turns[0]].version.version], [lines[place] for place in turns]
    beside = _adjustments(account, cap, own) + _former(account, cap, own[0])
    beside.sort(key=lambda one: one[0])
    whole = kept = ZERO
    gone: list[tuple[date, Fraction]] = []
    for place in turns:
        line = lines[place]
        while beside and beside[0][0] <= line.event:
            amount = beside.pop(0)[1]
            whole, kept = whole + amount, kept + amount
        limit = _limit(account, line, caps[line.version.version])
        if limit is not None and caps[line.version.version].taken_back == "makes room":
            limit += sum((amount for day, amount in gone if day <= line.event), ZERO)
        amount = line.amount
        if limit is not None and amount >= 0:
            amount = min(amount, max(limit - kept, ZERO))
        elif limit is not None:
            amount = min(amount + whole - kept, ZERO)  # gives back first what was cut before
        whole, kept = whole + line.amount, kept + amount
        lines[place] = replace(line, amount=amount)
        gone += taken_back(account, lines[place])


def taken_back(account: Account, line: Line) -> list[tuple[date, Fraction]]:
    """What clawbacks take of a line whether it is paid or not, at most all of it, with the days."""
    found, left = [], line.amount
    for taking in takings(account, line):
        if not taking.only_held:
            found.append((taking.day, min(taking.amount, left)))
            left -= found[-1][1]
    return found


def _last_on_its_day(caps: dict[str, Cap], line: Line) -> int:
    cut = caps[line.version.version].cut
    return len(cut) - cut.index(line.earning) if line.earning in cut else 0


def _adjustments(account: Account, cap: Cap, lines: list[Line]) -> list[tuple[date, Fraction]]:
    """Adjustments that count for caps: on one of these lines, or on none and under a cap kept per partner."""
    case, ids, found = account.case, {line.id for line in lines}, []
    owner = None if cap.per == "partner" else getattr(lines[0], cap.per)
    period = period_named(case, lines[0].event, cap.every, owner)
    for row in sorted(rows(case, "adjustment"), key=lambda row: (row.day or date.max, row.id)):
        if row.partner != case.partner.id or not row.counts_for_cap or row.amount is None or row.day is None:
            continue
        is_inside = row.day <= case.as_of and period_named(case, row.day, cap.every, owner) == period
        if is_inside and (row.line in ids if row.line else cap.per == "partner"):
            exchange = account.version_on(row.day).exchange
            try:
                found.append((row.day, exchanged(case, row.amount, row.currency, row.day, exchange)))
            except NoRate:
                continue
    return found


def _former(account: Account, cap: Cap, line: Line) -> list[tuple[date, Fraction]]:
    """What was earned before the partner was taken over, of the same period and owner as a line."""
    owner = None if cap.per == "partner" else getattr(line, cap.per)
    found, period = [], period_named(account.case, line.event, cap.every, owner)
    for one in taken_over(account):
        is_alike = cap.per == "partner" or getattr(one.line, cap.per) == getattr(line, cap.per)
        is_then = period_named(account.case, one.line.event, cap.every, owner) == period
        if one.line.earning in cap.of and is_alike and is_then:
            found += [(one.line.event, amount) for row, amount in one.rows if row.kind != "receivable"]
    return found


def _limit(account: Account, line: Line, cap: Cap) -> Fraction | None:
    """What a cap allows for a line; None where it sets no limit."""
    span = (
        line.statement if cap.every in ("ever", *OWN_YEARS, *OWNERS_YEARS) else account.case.span(line.event, cap.every)
    )
    if not account.meets(line.version, cap.when, span):
        return None
    entry = in_force(cap.at_most, line.event)
    if entry is not None and entry.attribute:
        return _of_owner(account, line, cap.per, entry)
    if entry is not None and line.currency in entry.by_currency:
        amount = Fraction(entry.by_currency[line.currency])
        return amount if line.rate is None else like_a_line(line.version, amount * line.rate)
    return amount_of(account, line.version, entry, span)


def _of_owner(account: Account, line: Line, kind: str, entry: DatedAmount) -> Fraction | None:
    """A number of the line's deal, contract, customer or product, times that of the rule."""
    row = find(account.case, kind, getattr(line, kind))
    value = None if row is None else look(account.case, kind, row, entry.attribute)
    if isinstance(value, str):
        value = read_as(value, Fraction(0))
    if value is None:
        return None
    if is_money(kind, entry.attribute):
        try:
            value = exchanged(account.case, value, row.currency, line.event, line.version.exchange)
        except NoRate:
            return None
    return like_a_line(line.version, Fraction(value) * Fraction(entry.times))


def in_force(amounts: tuple[DatedAmount, ...], day: date) -> DatedAmount | None:
    begun = [entry for entry in amounts if entry.since is None or entry.since <= day]
    return begun[-1] if begun else None


def amount_of(account: Account, version: Program, entry: DatedAmount | None, span: Span) -> Fraction | None:
    """An amount, or a metric's value of a period; None where nothing limits."""
    if entry is None:
        return None
    if not entry.metric:
        return None if entry.amount is None else Fraction(entry.amount)
    value = measure(account.under(version), entry.metric, span)
    return None if value is None else like_a_line(version, value * Fraction(entry.times))


def like_a_line(version: Program, amount: Fraction) -> Fraction:
    """An amount rounded as the program rounds each line."""
    return rounded(amount, version.rounding.decimals, version.rounding.mode)


def spread(lines: list[Line]) -> list[Line]:
    """Lines whose sum is rounded: each is rounded down, and the largest remainders get what is missing."""
    found, groups = list(lines), {}
    for place, line in enumerate(lines):
        if line.version.rounding.point == "total":
            groups.setdefault((line.version.version, line.earning, line.statement), []).append(place)
    for places in groups.values():
        rounding = lines[places[0]].version.rounding
        unit = Fraction(1, 10**rounding.decimals)
        down = {place: rounded(lines[place].amount, rounding.decimals, "floor") for place in places}
        whole = rounded(sum((lines[place].amount for place in places), ZERO), rounding.decimals, rounding.mode)
        missing = (whole - sum(down.values(), ZERO)) / unit
        for place in sorted(places, key=lambda place: (down[place] - lines[place].amount, place))[: int(missing)]:
            down[place] += unit
        for place, amount in down.items():
            found[place] = replace(found[place], amount=amount)
    return found
