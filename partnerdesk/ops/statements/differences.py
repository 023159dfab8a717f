"""Why a partner's balance differs between two closed statements, two days, or a statement and a day: by cause.

Both sides hold all that the partner's figures rest on, a closed statement exactly what was frozen for it.
"""

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.engine.difference import Corrected, Difference, Side, difference, explained_difference
from partnerdesk.engine.evaluate import counts_groups, kinds_used
from partnerdesk.engine.facts import Facts, Partner
from partnerdesk.engine.figures.figure import Figure
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import Entry
from partnerdesk.engine.rules import Program
from partnerdesk.engine.semantics import FIRST, NEWEST
from partnerdesk.engine.settling.ledger import Posted
from partnerdesk.engine.settling.moved import is_spared
from partnerdesk.engine.terms.versions import stretches
from partnerdesk.engine.world.known import Known
from partnerdesk.errors import Damaged, Refused
from partnerdesk.models.statements import statement
from partnerdesk.ops.statements.chunks import Chunks
from partnerdesk.ops.statements.documents import versions_until
from partnerdesk.ops.statements.frozen import Frozen
from partnerdesk.program.diff import Change, differences
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import needed_programs, outcome
from partnerdesk.queries.statements.archive import ClosedRow, closed_statements, posted, posted_by
from partnerdesk.queries.unknown import no_partner
from partnerdesk.queries.why import Why, why
from partnerdesk.reports.statement.frozen import restored

TODAY = "today"


@dataclass(frozen=True, slots=True)
class Point:
    """One end of a comparison: a closed statement, or a day. `key` names it again: 2026-09, 2026-10-15, today.

    What is neither, such as a case of a what-if, is called what `says` says.
    """

    key: str
    day: date
    version: str  # of the program: the latest that ruled a day up to there
    closed: ClosedRow | None = None
    says: str = ""
    semantics: int = NEWEST  # what its figures mean: a closed statement keeps the number of its close


@dataclass(frozen=True, slots=True)
class Compared:
    """A difference with what its ids and keys stand for.

    `off` is what a closed statement holds and its frozen facts do not give again, before and after: zero as long as
    no engine computes otherwise than the one that closed it.
    """

    partner: Partner
    before: Point
    after: Point
    found: Difference[Decimal]
    off: tuple[Decimal, Decimal]
    customers: Mapping[str, str]
    closed: tuple[str, ...]  # periods that a comparison can begin or end with, newest first
    titles: Mapping[str, str]  # of earnings by their keys
    changes: tuple[Change, ...]  # rules in words, where the program differs

    @property
    def residual(self) -> Decimal:
        """What the causes leave unexplained of the difference between the two points as they were closed."""
        return self.found.residual + self.off[1] - self.off[0]


@dataclass(frozen=True, slots=True)
class _Book:
    """What one comparison reads: the versions, the partner's world, its closed statements."""

    session: Session
    partner: Partner
    versions: tuple[Program, ...]
    world: Facts  # all that the partner's figures rest on
    closed: Mapping[str, ClosedRow]
    as_of: date

    def point(self, key: str) -> tuple[Point, Side]:
        """An end of the comparison by its key. Raises Refused for a period that is not closed."""
        if key in self.closed:
            return self._closed(self.closed[key])
        day = self._day(key)
        versions = tuple(versions_until(self.versions, day))
        rows = self.world if day >= self.as_of else Known(self.world).at(day)
        posted_ = self._posted(day)
        side = Side(versions, rows, day, posted=posted_, leaves=posted_)
        return Point(key or TODAY, day, versions[-1].version), side

    def _posted(self, day: date) -> Posted | None:
        """What was posted in the statements that were closed by a day."""
        later = [row.start for row in self.closed.values() if row.as_of > day]
        return posted(self.session, self.partner.id, min(later, default=None)).get(self.partner.id)

    def _closed(self, row: ClosedRow) -> tuple[Point, Side]:
        """A closed statement with what was frozen for it."""
        kept, frozen = (
            self.session.execute(select(statement).where(statement.c.id == row.id)).one(),
            Frozen(self.session),
        )
        try:
            resting = frozen.resting(kept)
            meant = _meant(kept.canonical)
        except Damaged as damaged:
            sentence = f"The statement {row.number} of {self.partner.name} cannot be compared: {damaged}"
            raise Refused(f"{sentence.rstrip('.')}.", "Replay under Statements says what else is damaged.") from None
        versions = _ruling(resting.programs, row.end, row.as_of)
        # A kind of fact that the partner has no more may have been in the statement.
        kinds = kinds_used(versions) | kinds_used(self.versions)
        found = Facts({kind: resting.facts.of(kind) for kind in sorted(kinds)})
        before = frozen.posted_before(kept).get(self.partner.id)
        then = posted_by(self.session, self.partner.id, row.end)
        side = Side(versions, found, row.as_of, through=row.end, semantics=meant, posted=before, leaves=then)
        return Point(row.period, row.end, versions[-1].version, row, semantics=meant), side

    def _day(self, key: str) -> date:
        if key in ("", TODAY):
            return self.as_of
        try:
            day = date.fromisoformat(key)
        except ValueError:
            last = next(iter(self.closed), "")
            remedy = f"The last closed one is {last}; or name a day." if last else "Name a day, such as 2026-09-30."
            raise Refused(f"{self.partner.name} has no closed statement {key}.", remedy) from None
        if day > self.as_of:
            raise Refused(f"{day} is still to come.", f"Name a day up to {self.as_of}.")
        return day


def compared(session: Session, partner: str, before: str, after: str, as_of: date, of: str = "balance") -> Compared:
    """Why a partner's amount differs between two points; an empty `before` is its last closed statement, or the end
    of the month before where none is closed.

    Raises Refused for an unknown partner, a period that is not closed, or a day to come.
    """
    book = _read(session, partner, as_of)
    (first, one), (last, other) = book.point(before or _first(book)), book.point(after)
    found = difference(one, other, partner, of=of)
    off = (_off(first, found.start, of), _off(last, found.end, of))
    names = {c.id: c.name for c in book.world.of("customer")}
    changes = differences(one.programs[-1], other.programs[-1]) if one.programs != other.programs else ()
    titles = titles_of(book.versions)
    return Compared(book.partner, first, last, found, off, names, tuple(book.closed), titles, changes)


def compared_figures(
    session: Session, partner: str, before: str, after: str, as_of: date, of: str = "balance"
) -> Difference[Figure]:
    """The same difference with every step kept; raises what `compared` raises."""
    book = _read(session, partner, as_of)
    one, other = book.point(before or _first(book))[1], book.point(after)[1]
    return explained_difference(one, other, partner, of=of)


def titles_of(versions: Iterable[Program]) -> Mapping[str, str]:
    """What earnings are called, by their keys; as the later version says."""
    return {f"earning.{name}": rule.says for program in versions for name, rule in program.earning.items()}


def why_corrected(session: Session, partner: str, named: str, as_of: date) -> Why:
    """The explanation of a true-up, with what moved its line since it was posted. Raises what `why` raises."""
    found = why(session, partner, named, as_of)
    entry = next(e for e in outcome(session, partner, as_of).entries if f"entry|{e.id}" == named)
    return replace(found, causes=correction(session, entry, as_of), titles=titles_of(needed_programs(session)))


def correction(session: Session, entry: Entry[Any], as_of: date) -> tuple[Corrected, ...]:
    """Why a true-up corrects a line: what the closed periods posted of it against what they would be now, by cause.

    The corrections of all entries of the line together are the sum; empty for a line that no cause moved, and for what
    is given back because settlement had taken it, which says so itself.
    """
    if is_spared(entry):
        return ()
    book = _read(session, entry.partner, as_of)
    earlier = [row for row in book.closed.values() if row.end < entry.period.start]
    if not earlier:
        return ()
    before, until = book.point(earlier[0].period)[1], earlier[0].end
    after = book.point(entry.period.label if entry.period.label in book.closed else "")[1]
    # What the line would be: with what was posted it would stand, and its correction come later.
    before, after = replace(before, posted=None, leaves=None), replace(after, posted=None, leaves=None, through=until)
    found = difference(before, after, entry.partner)
    id = entry.line or entry.reference
    return tuple(
        Corrected(step.cause, line.amount, part)
        for step in found.steps
        for part in step.parts
        for line in part.lines
        if line.id == id
    )


def _read(session: Session, partner: str, as_of: date) -> _Book:
    versions = needed_programs(session)
    world = Chunks(facts(session, kinds=kinds_used(versions)), groups=counts_groups(versions)).rows(partner)
    row = next((p for p in world.of("partner") if p.id == partner), None)
    if row is None:
        raise no_partner(session, partner)
    closed = {found.period: found for found in closed_statements(session, partner)}
    return _Book(session, row, versions, world, closed, as_of)


def _ruling(programs: tuple[Program, ...], until: date, as_of: date) -> tuple[Program, ...]:
    """The versions that ruled a day until then, as they stood on the day of the close: a retroactive one reaches back
    into periods that ended before it took effect.
    """
    began = [start for start, _ in stretches(programs, as_of)]
    return tuple(p for p, start in zip(programs, began, strict=True) if start <= until) or programs[:1]


def _meant(body: bytes) -> int:
    """The number under which a statement was closed. Raises Damaged for a text that cannot be read."""
    try:
        return restored(zlib.decompress(body)).semantics or FIRST
    except (zlib.error, ValueError):
        raise Damaged("the text of it cannot be read") from None


def _first(book: _Book) -> str:
    """Where a comparison begins that names no point."""
    return next(iter(book.closed), "") or (book.as_of.replace(day=1) - timedelta(days=1)).isoformat()


def _off(point: Point, amount: Decimal, of: str) -> Decimal:
    """What the closed statement holds beyond what its frozen facts give again."""
    if point.closed is None or of not in ("balance", "held", "payable"):
        return ZERO
    held = {"balance": point.closed.closing, "held": point.closed.held, "payable": point.closed.payable}[of]
    return held - amount
