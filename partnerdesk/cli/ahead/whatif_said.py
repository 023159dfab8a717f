"""What `partnerdesk whatif` answers: two cases side by side, badged in every form."""

import argparse
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from partnerdesk.cli import books, terminal
from partnerdesk.engine.money import decimals
from partnerdesk.errors import Refused
from partnerdesk.ops.whatif.because import because
from partnerdesk.ops.whatif.beside import Beside, FigureRow, beside
from partnerdesk.ops.whatif.documents import write_whatif
from partnerdesk.ops.whatif.ranging import Ranged, ranged
from partnerdesk.ops.whatif.trying import AS_IS, Case, given, refuse_left, tried
from partnerdesk.queries.scenarios import RULE, scenario_named

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from partnerdesk.store import Store

BADGE = "WHAT-IF: nothing of the book is changed, and nothing of this is for a partner."


def case_named(session: "Session", partner: str, name: str) -> Case:
    """A scenario that was kept, as a case."""
    row = scenario_named(session, partner, name)
    return Case(row.name, row.changes, row.day)


def checked(session: "Session", partner: str, case: Case, today: date) -> Case:
    """The case with its rules in the version in force. Refuses changes that cannot be."""
    case = in_force(session, partner, case, today)
    refuse_left(tried(session, partner, case, today).left)
    return case


def in_force(session: "Session", partner: str, case: Case, today: date) -> Case:
    """Rules of no named version are those of the version in force on the case's day."""
    if all(change.of or change.action != RULE for change in case.changes):
        return case
    book = given(session, partner, today)
    held = [t for t in book.texts if t.effective_from <= (case.day or today)] or [book.texts[0]]
    changes = tuple(replace(c, of=c.of or held[-1].version) if c.action == RULE else c for c in case.changes)
    return replace(case, changes=changes)


def say(arguments: argparse.Namespace, case: Case, *, strict: bool) -> int:
    """Prints a case beside what is, or beside another one; strict ones refuse what cannot be."""
    partner = arguments.partner
    with books.reading(arguments) as store:
        today = books.day_of(store, arguments)
        case = store.read(checked if strict else in_force, partner, case, today)
        other = Case(AS_IS, (), case.day)
        if arguments.against:
            other = store.read(case_named, partner, arguments.against)
        found = store.read(beside, partner, other, case, today)
        why = store.read(because, partner, other, case, today, arguments.of)
        ranges = _ranges(arguments, store, other, case, today) if arguments.range else None
        path = store.read(write_whatif, partner, other, case, today, arguments.out) if arguments.out else None
    if arguments.json:
        from partnerdesk.engine.outcome.record import plain
        from partnerdesk.reports.differences import difference_json

        told = {"because": difference_json(why.found)} | ({"range": plain(ranges)} if ranges else {})
        terminal.say_json(_plain(found) | told)
        return 0
    _say(found)
    from partnerdesk.cli.figures.differing import say_waterfall

    say_waterfall(why.found, why.titles)
    if ranges is not None:
        _say_ranges(ranges, other.name, case.name)
    if path is not None:
        terminal.say(f"Written: {path}")
    return 0


def _ranges(arguments: argparse.Namespace, store: "Store", other: Case, case: Case, today: date) -> Ranged:
    """Both sides drawn as ranges."""
    if arguments.scenarios < 1:
        raise Refused("A range needs a scenario.", "Give --scenarios of 1 or more.")
    drawn = (arguments.scenarios, arguments.seed)
    with terminal.Bar() as bar:
        return store.read(ranged, arguments.partner, other, case, today, drawn, arguments.months, bar)


def _say_ranges(found: Ranged, one: str, other: str) -> None:
    from partnerdesk.reports.format import Formats

    shown = Formats(places=decimals(found.currency)).accounting
    rows = [
        (row.period.label, *(shown(a) for r in (row.before, row.after) for a in (r.p10, r.p50, r.p90)))
        for row in (*found.months, found.whole)
    ]
    head = ("Earned", f"{one}, 10 %", "50 %", "90 %", f"{other}, 10 %", "50 %", "90 %")
    terminal.say()
    for line in terminal.table(head, rows, frozenset(range(1, len(head)))):
        terminal.say(line)
    more, count = found.whole.more, f"{found.better:.0%} of {found.scenarios} futures"
    middle, low, high = (shown(amount) for amount in (more.p50, more.p10, more.p90))
    terminal.say(
        f"{other} earns {middle} {found.currency} more in the middle of the same futures, in eight of ten between "
        f"{low} and {high}; it earns more in {count} (seed {found.seed}). An estimate, not a promise."
    )


def _plain(found: Beside) -> dict[str, Any]:
    from partnerdesk.engine.outcome.record import plain

    told: dict[str, Any] = plain(replace(found, partner=None))  # type: ignore[arg-type]
    return {"what_if": True, "partner": found.partner.id} | {k: v for k, v in told.items() if k != "partner"}


def _say(found: Beside) -> None:
    terminal.say(BADGE)
    one, other = found.before.name, found.after.name
    terminal.say(f"{found.partner.name} ({found.partner.id}), {one} and {other} on {found.days[1]}, {found.currency}")
    for left in found.left:
        terminal.say(f"Left out: {left.why}")
    if found.taken_as_paid:
        terminal.say(
            f"Taken as paid: {terminal.counted(found.taken_as_paid, 'payment')} that contracts call for until then."
        )
    terminal.say()
    rows = list(_rows(found))
    for line in terminal.table(("Figure", one, other, "Difference"), rows, frozenset({1, 2, 3})):
        terminal.say(line)
    terminal.say()


def _rows(found: Beside) -> Iterator[tuple[str, str, str, str]]:
    """Every figure; the metrics that differ; the periods that differ."""
    from partnerdesk.reports.format import Formats

    money = Formats(places=decimals(found.currency)).accounting
    for row in found.figures:
        if row.is_moved or not row.unit or row.group != "Metrics":
            yield row.words, _shown(row, row.before), _shown(row, row.after), _shown(row, row.change)
    for period in found.periods:
        for words, (before, after) in (("earned", period.earned), ("payable", period.payable)):
            if before != after:
                yield f"{period.period.label}, {words}", money(before), money(after), money(after - before)


def _shown(row: FigureRow, value: Decimal | str | None) -> str:
    from partnerdesk.reports.format import Formats

    if value is None or isinstance(value, str):
        return value or ""
    if row.unit == "%":
        return f"{value * 100:,.1f} %"
    return Formats(places=decimals(row.unit)).accounting(value) if row.group == "Money" else f"{value:,.1f}"
