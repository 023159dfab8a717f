"""A partner taken over in mid-life: its ledger begins with balances that somebody else's ledger ended with.

What is held goes on by its own schedule, what is payable is settled with the rest, and a line whose earning is named
stays open to that earning's clawback, which knows what was paid of it. Whatever happened up to the opening's day is
in these balances: it is still measured, for tiers and rates, but it is posted no more.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from partnerdesk.engine.earnings.taken_over import RECEIVABLE, balance, opened
from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.figures.reasons import day_words
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import HELD, OPENING, PAYABLE, EarningLine, Entry
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.settling.clawback import takings
from partnerdesk.engine.settling.holds import Hold
from partnerdesk.engine.settling.lots import Lot
from partnerdesk.engine.settling.timing import Timing
from partnerdesk.engine.settling.vesting import Ending
from partnerdesk.engine.terms.versions import Version
from partnerdesk.engine.world.contracts import has_ended, start_of

VESTING, HOLDBACK, PAID = "vesting", "holdback", "paid"
_HELD = (VESTING, HOLDBACK)
_CLAWBACK, _RELEASING = 0, 1  # what comes first on one day, as in `timing`


def posted_lines(reckoning: Reckoning[N], lines: list[EarningLine[N]]) -> list[EarningLine[N]]:
    """The lines that are posted: for a partner taken over, those after its opening. Notes the opening's day."""
    if not reckoning.world.index.facts.of(OPENING):
        return lines
    opened(reckoning)
    last = reckoning.opening
    return lines if last is None else reckoning.posts_only([line for line in lines if line.process > last])


def take_over(timing: Timing[N]) -> None:
    """Posts the balances of a partner's opening, and plans what becomes of what is held and of what may be lost."""
    reckoning, lines = timing.reckoning, defaultdict[str, list[tuple[Any, N]]](list)
    for row in opened(reckoning):
        if (amount := balance(reckoning, row)) is not None:
            lines[row.line if row.line else f" {row.id}"].append((row, amount))
    for rows in lines.values():
        _take_line(timing, rows)


def _take_line(timing: Timing[N], rows: list[tuple[Any, N]]) -> None:
    """One line of the former ledger: its balances, and its lot where the program's rules go on with it."""
    line = _line(timing.reckoning, rows)
    lot = None
    named = next((row.earning for row, _ in rows if row.earning), "")
    if named:
        terms = timing.earnings[line.rule.effective_from].get(line.rule.key)
        if terms is not None and line.amount > ZERO:
            lot = timing.lots[line.id] = Lot(line, terms)
    for row, amount in rows:
        if row.kind in _HELD:
            _hold(timing, row, amount, line, lot)
        elif row.kind != PAID:
            owed = timing.ar.negative(amount, "owed") if row.kind == RECEIVABLE else amount
            _post(timing, row, PAYABLE, owed, line if named else None)
    if lot is not None:
        for taking in takings(timing.reckoning, lot.terms, line):
            if taking.day > rows[0][0].day:
                timing.plan(taking.day, _CLAWBACK, partial(timing.clawing.claw_back, lot, taking))


def _line(reckoning: Reckoning[N], rows: list[tuple[Any, N]]) -> EarningLine[N]:
    """The line as an earning of its own day: what is held, payable and paid of it is what it earned."""
    first, day, currency = rows[0][0], rows[0][0].day, reckoning.currency
    parts = [amount for row, amount in rows if row.kind != RECEIVABLE]
    total = reckoning.arithmetic.sum(parts, currency, "earned before")
    given = {name: next((v for row, _ in rows if (v := getattr(row, name))), None) for name in _GIVEN}
    event = given["event"] or day
    version, name = _version(reckoning, event, given["earning"]), given["earning"]
    rule = version.program.earning.get(name or "")
    plain: dict[str, Any] = {field: given[field] for field in _BUSINESS}
    plain |= dict.fromkeys(("base", "computed", "amount"), total) | dict.fromkeys(
        ("currency", "base_currency"), currency
    )
    return EarningLine(
        id=f"{OPENING}:{first.line or first.id}",
        rule=version.ref(f"earning.{name}" if name else OPENING, rule.reference if rule else ""),
        type=rule.type if rule else "",
        says=rule.says if rule else "taken over",
        partner=reckoning.partner,
        event=event,
        process=day,
        period=reckoning.terms.statement_period(day),
        rate=None,
        factor=None,
        share=None,
        exchange=None,
        effect=reckoning.nothing,
        because="taken over",
        fact_kind="deal" if given["deal"] else "contract" if given["contract"] else OPENING,
        fact_id=given["deal"] or given["contract"] or first.id,
        **plain,
    )


_BUSINESS = ("deal", "contract", "customer", "product")
_GIVEN = ("event", "earning", *_BUSINESS)


def _version(reckoning: Reckoning[N], event: date, earning: str | None) -> Version:
    """The version of the event's day; the first one that has the earning where that one has not."""
    version = reckoning.terms.at(event)
    if not earning or f"earning.{earning}" in version.earnings:
        return version
    return next((v for v in reckoning.terms.versions if f"earning.{earning}" in v.earnings), version)


def _hold(timing: Timing[N], row: Any, amount: N, line: EarningLine[N], lot: Lot[N] | None) -> None:
    """What is held of a line, and how the wait for it ends."""
    id, due, words = f"{OPENING}:{row.id}", row.due if not row.waits_for else None, _words(row)
    hold = Hold(id, line.id if lot is not None else "", row.kind, amount, row.day, due, words)
    timing.holds.append(hold)
    _post(timing, row, HELD, amount, line if lot is not None else None)
    named = (id, hold.line, line.type, line.rule if lot is not None else None, words)
    if lot is not None:
        lot.holds.append(hold)
    for ending in _endings(timing.reckoning, row, line):
        timing.plan(ending.day, _RELEASING, partial(timing.let_go, hold, ending.day, ending.kind, named))


def _words(row: Any) -> str:
    """What a balance waits for, in words."""
    active = ", if the contract has not ended" if row.if_active else ""
    if row.waits_for:
        until = f" by {day_words(row.due)}" if row.due else ""
        return f"{row.waits_for}{until}{active}"
    return f"released on {day_words(row.due)}{active}" if row.due else "no day of release was taken over"


def _endings(reckoning: Reckoning[N], row: Any, line: EarningLine[N]) -> Iterator[Ending[N]]:
    """How a held balance ends, once that is known; never on or before the opening's day."""
    opens = reckoning.opens
    assert opens is not None
    reached = _reached(reckoning, row, line)
    if reached is None or (row.waits_for and row.due is not None and reached > row.due):
        if row.waits_for and row.due is not None and row.due < reckoning.as_of:
            yield Ending(max(row.due, opens), "forfeiture")
        return
    lapsed = row.if_active and has_ended(reckoning.world, line, reached)
    yield Ending(max(reached, opens), "forfeiture" if lapsed else "release")


def _reached(reckoning: Reckoning[N], row: Any, line: EarningLine[N]) -> date | None:
    """The day on which it is released, as far as that is known."""
    if not row.waits_for:
        found: date | None = row.due
    elif row.waits_for == "contract start":
        found = start_of(reckoning.world, line)
    else:
        attribute = "live" if row.waits_for == "customer live" else "first_value"
        found = next(iter(reckoning.world.live_days(line.deal, line.customer, line.event, attribute)), None)
    return found if found is not None and found <= reckoning.as_of else None


def _post(timing: Timing[N], row: Any, bucket: str, amount: N, line: EarningLine[N] | None) -> None:
    """The entry that takes a balance over."""
    reckoning = timing.reckoning
    timing.book.entries.append(
        Entry(
            id=f"{OPENING}:{row.id}:{bucket}",
            kind=OPENING,
            bucket=bucket,
            day=row.day,
            period=reckoning.terms.statement_period(row.day),
            amount=amount,
            partner=reckoning.partner,
            line=line.id if line is not None else "",
            type=line.type if line is not None else "",
            rule=line.rule if line is not None else None,
            note=f"{row.kind} taken over" + (f", line {row.line}" if row.line else ""),
            reference=row.evidence or (str(row.source) if row.source is not None and row.source.file else ""),
        )
    )
