"""The funds that closed statements stated: what the next open one goes on from, and what it has to correct.

A closed sheet of funds stands. Where its movements would be others today (an entry came late, was changed or taken
away), the first open period has one movement for each that moves the difference, named after the one it corrects.
"""

import json
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.engine.figures.arithmetic import VALUES
from partnerdesk.engine.figures.reasons import day_words
from partnerdesk.engine.funds.accounts import balance
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import FundAccount, FundMove
from partnerdesk.engine.outcome.funds import APPROVED, AVAILABLE, CLAIMED, OUTSIDE
from partnerdesk.engine.period import Period
from partnerdesk.engine.restore import restore
from partnerdesk.models.statements import statement
from partnerdesk.reports.statement.ledgers import FundMoveRow, FundSheet

OPEN = (AVAILABLE, APPROVED, CLAIMED)
TRUEUP, BEFORE = "trueup", "before"


class Stated(NamedTuple):
    """The funds of a closed statement, and the days of its period."""

    start: date
    end: date
    sheet: FundSheet


# What closed statements of a partner stated up to a day, the oldest first; where funds go on from nothing, nothing.
StatedBefore = Callable[[str, Period], Sequence[Stated]]


def nothing_stated(partner: str, period: Period) -> Sequence[Stated]:
    """For documents that are computed as before funds were posted."""
    return ()


def stated_before(session: Session) -> StatedBefore:
    """Reads from the closed statements of a book; each is read once."""

    def found(partner: str, period: Period) -> Sequence[Stated]:
        columns = statement.c.id, statement.c.sha256, statement.c.start, statement.c.end
        wanted = select(*columns).where(statement.c.partner == partner, statement.c.end < period.start)
        rows = session.execute(wanted.order_by(statement.c.start)).all()
        if not rows or rows[-1].end + timedelta(days=1) != period.start:
            return ()  # the corrections stand in an open period before this one
        last = _sheet(session, rows[-1].id, rows[-1].sha256)
        if last is None or not last.funds:  # the usual case: no fund, and nothing more to be read
            rows = rows[-1:]
        sheets = [(row, _sheet(session, row.id, row.sha256)) for row in rows]
        return tuple(Stated(row.start, row.end, sheet) for row, sheet in sheets if sheet is not None)

    return found


_read: dict[str, FundSheet | None] = {}
_MOST = 4096


def _sheet(session: Session, id: int, sha256: str) -> FundSheet | None:
    """The funds of a closed statement; None where it was closed before there were any. Kept by the text's hash."""
    if sha256 not in _read:
        while len(_read) >= _MOST:
            _read.pop(next(iter(_read)))
        body = session.execute(select(statement.c.canonical).where(statement.c.id == id)).scalar_one()
        raw = json.loads(zlib.decompress(body))["document"].get("funds")
        _read[sha256] = restore(FundSheet, raw) if raw is not None else None
    return _read[sha256]


def remember(sha256: str, sheet: FundSheet | None) -> None:
    """Keeps what was just closed, so that the next period need not read it back."""
    _read[sha256] = sheet


class _Way(NamedTuple):
    """A movement of a fund as it is told from others: its name, and from where to where."""

    id: str
    source: str
    target: str


def with_stated(
    accounts: Mapping[str, FundAccount[Decimal]], stated: Sequence[Stated]
) -> tuple[FundAccount[Decimal], ...]:
    """The accounts of today, and an empty one for each fund that the last closed statement still had."""
    gone = [f for f in (stated[-1].sheet.funds if stated else ()) if f.key not in accounts and f.closing]
    nothing: dict[str, Any] = dict.fromkeys(
        ("issued", "requested", "approved", "claimed", "paid", "expired", "available"), ZERO
    )
    empty: dict[str, Any] = {"kind": "other", "rule": None, "expiring": (), "moves": (), "requests": ()}
    made = (FundAccount(key=f.key, says=f.says, currency=f.currency, **nothing, **empty) for f in gone)
    return (*accounts.values(), *made)


def opening(stated: Sequence[Stated], key: str) -> Decimal:
    """What the last closed statement left in a fund."""
    return next((fund.closing for fund in stated[-1].sheet.funds if fund.key == key), ZERO)


def corrections(account: FundAccount[Decimal], stated: Sequence[Stated], period: Period) -> Iterator[FundMoveRow]:
    """What the closed periods of a fund would be today, less what they stated and what was corrected since."""
    first = stated[0]
    then, samples = _stated_moves(account, stated)
    now: dict[_Way, Decimal] = defaultdict(Decimal)
    today: dict[_Way, FundMove[Decimal]] = {}
    for move in account.moves:
        if first.start <= move.day <= stated[-1].end:
            way = _Way(move.id, move.source, move.target)
            now[way] += move.amount
            today[way] = move
    lump = _before(account, first)
    if lump:
        now[_Way(BEFORE, OUTSIDE, AVAILABLE)] += lump
    for way in sorted({*then, *now}):
        difference = now.get(way, ZERO) - then.get(way, ZERO)
        if difference:
            of = today.get(way)
            what, day, request = (of.note, of.day, of.request) if of else samples.get(way, ("", first.start, ""))
            cause = "known only after the close" if way not in then else "changed since it was stated"
            note = f"{cause if way in now else 'no longer in the book'}: {_about(way, what, day)}"
            yield _correction(account, way, difference, period, (note, request))


def _about(way: _Way, what: str, day: date) -> str:
    """What is corrected, in words."""
    return f"before {day_words(day)}" if way.id == BEFORE else f"{what}, {day_words(day)}"


def _stated_moves(
    account: FundAccount[Decimal], stated: Sequence[Stated]
) -> tuple[Mapping[_Way, Decimal], Mapping[_Way, tuple[str, date, str]]]:
    """What closed statements moved in a fund, corrections counted with what they correct, and what each was about."""
    sums: dict[_Way, Decimal] = defaultdict(Decimal)
    samples: dict[_Way, tuple[str, date, str]] = {}
    for one in stated:
        names = {fund.says for fund in one.sheet.funds if fund.key == account.key}
        for move in one.sheet.moves:
            if move.fund not in names:
                continue
            if move.kind == TRUEUP:
                id = move.id.removeprefix(f"{TRUEUP}:").rpartition(":")[0]
                id, is_back = id.removesuffix("!"), id.endswith("!")
                ends = (move.target, move.source) if is_back else (move.source, move.target)
                sums[_Way(id, *ends)] += -move.amount if is_back else move.amount
            else:
                way = _Way(move.id, move.source, move.target)
                sums[way] += move.amount
                samples[way] = (move.note, move.day, move.request)
    return sums, samples


def _before(account: FundAccount[Decimal], first: Stated) -> Decimal:
    """What lay in a fund before its first stated period today, less what that period's opening said."""
    earlier = [move for move in account.moves if move.day < first.start]
    today = sum((balance(VALUES, earlier, place, account.currency) for place in OPEN), ZERO)
    return today - next((fund.opening for fund in first.sheet.funds if fund.key == account.key), ZERO)


def _correction(
    account: FundAccount[Decimal],
    way: _Way,
    difference: Decimal,
    period: Period,
    about: tuple[str, str],
) -> FundMoveRow:
    """The movement that carries a difference: the same way for more, back for less."""
    note, request = about
    is_back = difference < ZERO
    return FundMoveRow(
        id=f"{TRUEUP}:{way.id}{'!' if is_back else ''}:{period.label}",
        fund=account.says,
        currency=account.currency,
        day=period.start,
        kind=TRUEUP,
        amount=abs(difference),
        source=way.target if is_back else way.source,
        target=way.source if is_back else way.target,
        request=request,
        note=note,
        rule="",
    )
