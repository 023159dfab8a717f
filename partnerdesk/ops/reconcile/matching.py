"""Line by line: which row pays which of our lines, what came of each, and that the totals of both sides agree.

A row finds a line by its reference, the closest amount first; one without a reference by its exact amount, where only
one line has it. Several rows of one reference for a single line are added up. Nothing is guessed beyond that.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from sqlalchemy.orm import Session

from partnerdesk.engine.figures.reasons import amount_words
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.problem import Problem
from partnerdesk.errors import Refused
from partnerdesk.intake.mapping import remembered_as
from partnerdesk.intake.official.reading import Official, official, read_table
from partnerdesk.intake.official.row import OfficialRow
from partnerdesk.ops.imports.remembering import recalled
from partnerdesk.ops.reconcile.calling import called
from partnerdesk.ops.reconcile.classes import MATCH, MISSING, TIMING, UNEXPECTED, judged
from partnerdesk.ops.reconcile.lines import Line, Names, OwnLines, lines_of
from partnerdesk.queries.statements.disputes import disputes


@dataclass(frozen=True, slots=True)
class ReconRow:
    """A line with what was paid for it; one side is zero where it is missing. `difference` = paid - ours.

    `dispute` is the open dispute of the line; `statement` is empty where the line stands on no closed one.
    """

    kind: str
    partner: str
    partner_name: str
    line: str
    says: str
    statement: str
    reference: str
    place: str
    ours: Decimal
    paid: Decimal
    currency: str
    because: str
    dispute: str = ""

    @property
    def difference(self) -> Decimal:
        return self.paid - self.ours

    @property
    def can_be_disputed(self) -> bool:
        """Whether it is a difference on a line of a closed statement that no dispute stands for yet."""
        return bool(self.statement and self.line) and self.kind not in (MATCH, TIMING) and not self.dispute


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """A period against a file; differing rows first. The differences of the rows are those of the totals."""

    period: str
    tolerance: Decimal
    official: Official
    rows: tuple[ReconRow, ...]
    problems: tuple[Problem, ...]

    def count(self, kind: str) -> int:
        """How many rows are of a class."""
        return sum(row.kind == kind for row in self.rows)


def reconcile(
    session: Session,
    path: Path,
    label: str,
    as_of: date,
    *,
    choices: Mapping[str, str] | None = None,
    partner: str = "",
    tolerance: Decimal = ZERO,
) -> Reconciliation:
    """Holds a file against the statements of a period, of all partners or of one; nothing is written.

    `choices` say what the file does not (see `official`); those kept for such files are taken otherwise. A file that
    leaves something open, the amount or how its cells are to be read, gives no rows: a line would look unpaid. Raises
    Refused for a file that cannot be read, a period without statements, and a tolerance below zero.
    """
    if tolerance < ZERO:
        raise Refused("A tolerance is zero or more.", "Leave it out for an exact comparison.")
    given = dict(choices or {})
    table = read_table(path, given)
    found = official(table, recalled(session, f"reconcile.{remembered_as(table)}") | given)
    own = lines_of(session, label, as_of)
    if partner:
        own = {id: lines for id, lines in own.items() if id == partner}
    if not own:
        raise Refused(f"There is no statement for {label} to hold this against.", "Choose another period or partner.")
    matcher = Matcher(session, own, partner, tolerance)
    rows = [*matcher.rows(found.rows)] if found.is_clear else []
    open_ = {(d.partner, d.line): d.id for d in disputes(session, as_of) if d.is_open}
    marked = [replace(row, dispute=open_.get((row.partner, row.line), "")) for row in rows]
    marked.sort(key=lambda r: (r.kind == MATCH, r.partner_name.casefold(), not r.line, r.line, r.place))
    return Reconciliation(label, tolerance, found, tuple(marked), (*found.problems, *matcher.problems))


class Matcher:
    """Sorts rows to partners, then pairs them with lines."""

    def __init__(self, session: Session, own: Mapping[str, OwnLines], partner: str, tolerance: Decimal) -> None:
        self.names, self.own, self.partner, self.tolerance = Names(session), own, partner, tolerance
        self.problems: list[Problem] = []

    def rows(self, paid: Sequence[OfficialRow]) -> Iterator[ReconRow]:
        of_partner: dict[str, list[OfficialRow]] = defaultdict(list)
        for row in paid:
            id = self._partner_of(row)
            if id in self.own:
                if row.currency in ("", self.own[id].currency):
                    of_partner[id].append(row)
                else:
                    said = f"The row is in {row.currency}, the statement in {self.own[id].currency}."
                    self.problems.append(Problem(row.place, said, "Convert it, or correct its currency."))
            elif not self.partner or not row.partner:
                yield self._unexpected("", row, "no partner of a statement is named" if not id else "no statement")
        for id, own in self.own.items():
            yield from self._partner(own, of_partner[id])

    def _partner_of(self, row: OfficialRow) -> str:
        """Whose row it is: by its own partner, else the one that was asked for, else the one named above it."""
        if row.partner:
            return self.names.partner(row.partner)
        return self.partner or next(filter(None, map(self.names.partner, row.heads)), "")

    def _partner(self, own: OwnLines, paid: list[OfficialRow]) -> Iterator[ReconRow]:
        pairs, rest = self._paired(own, paid)
        for line, row in pairs:
            yield self._judged(own, line, row)
        taken = {line.id for line, _ in pairs}
        others = self._by_name(own.others)
        for row in rest:
            found = others.get(key) if (key := called(row, others)) else None
            yield self._elsewhere(own, row, found[0]) if found else self._unexpected(own.partner, row, "no such line")
        for line in own.lines:
            if line.id not in taken and line.amount:
                yield self._missing(own, line)

    def _by_name(self, lines: Sequence[Line]) -> dict[str, list[Line]]:
        found: dict[str, list[Line]] = defaultdict(list)
        for line in lines:
            for text in dict.fromkeys(self.names.of_line(line)):
                found[text].append(line)
        return found

    def _paired(
        self, own: OwnLines, paid: list[OfficialRow]
    ) -> tuple[list[tuple[Line, OfficialRow]], list[OfficialRow]]:
        """The pairs, and the rows that pay no line of the period."""
        named, free = self._by_name(own.lines), {line.id: line for line in own.lines}
        groups: dict[str, list[OfficialRow]] = defaultdict(list)
        for row in paid:
            groups[called(row, named)].append(row)
        pairs: list[tuple[Line, OfficialRow]] = []
        rest = groups.pop("", [])
        for reference in sorted(groups, key=lambda text: (len(named[text]) if text in named else 0, text)):
            mine = [line for line in named.get(reference, ()) if line.id in free]
            rows = _added_up(groups[reference]) if len(mine) == 1 and len(groups[reference]) > 1 else groups[reference]
            for row in sorted(rows, key=lambda r: min((abs(r.amount - x.amount) for x in mine), default=ZERO)):
                open_ = [line for line in mine if line.id in free]
                if not open_:
                    rest.append(row)
                    continue
                line = min(open_, key=lambda x: (abs(x.amount - row.amount), x.id))
                pairs.append((free.pop(line.id), row))
        return pairs, self._by_amount(free, rest, pairs)

    def _by_amount(
        self, free: dict[str, Line], rest: list[OfficialRow], pairs: list[tuple[Line, OfficialRow]]
    ) -> list[OfficialRow]:
        """Rows without a reference that pay the only line of their amount; returns the others."""
        left = []
        for row in rest:
            fits = [line for line in free.values() if line.amount == row.amount]
            if row.reference or len(fits) != 1:
                left.append(row)
            else:
                pairs.append((free.pop(fits[0].id), row))
        return left

    def _judged(self, own: OwnLines, line: Line, row: OfficialRow) -> ReconRow:
        held = own.held.get(line.id)
        kind, because = judged(line, row, self.tolerance)
        if row.taken:
            off = f"{amount_words(row.taken, own.currency)} of it taken off as tax or fee"
            because = f"{because}; {off}" if because else off
        if kind != MATCH and held is not None and row.amount == line.amount - held.remaining:
            kind, because = TIMING, f"{amount_words(held.remaining, own.currency)} held: {held.condition}"
        return self._row(kind, own, because, line=line, row=row)

    def _missing(self, own: OwnLines, line: Line) -> ReconRow:
        held = own.held.get(line.id)
        if held is not None and held.remaining == line.amount:
            return self._row(TIMING, own, f"still held: {held.condition}", line=line)
        return self._row(MISSING, own, "nothing was paid", line=line)

    def _elsewhere(self, own: OwnLines, row: OfficialRow, line: Line) -> ReconRow:
        because = f"{line.id} stands in {line.period} with {amount_words(line.amount, line.currency)}"
        return self._row(TIMING, own, because, row=row)

    def _unexpected(self, partner: str, row: OfficialRow, because: str) -> ReconRow:
        own = self.own.get(partner) or OwnLines(partner, row.currency, "", (), ())
        return self._row(UNEXPECTED, own, because, row=row)

    def _row(
        self, kind: str, own: OwnLines, because: str, *, line: Line | None = None, row: OfficialRow | None = None
    ) -> ReconRow:
        name = self.names.partner_names.get(own.partner, row.partner if row else "")
        return ReconRow(
            kind=kind,
            partner=own.partner,
            partner_name=name,
            line=line.id if line else "",
            says=line.says if line else "",
            statement=own.number if line else "",
            reference=row.reference if row else "",
            place=row.place if row else "",
            ours=line.amount if line else ZERO,
            paid=row.amount if row else ZERO,
            currency=own.currency,
            because=because,
        )


def _added_up(rows: Sequence[OfficialRow]) -> list[OfficialRow]:
    """Several rows for one line as one: their sum, with every place."""
    places = "; ".join(row.place for row in rows)
    total, taken = sum((row.amount for row in rows), ZERO), sum((row.taken for row in rows), ZERO)
    return [replace(rows[0], amount=total, taken=taken, base=None, rate=None, place=places)]
