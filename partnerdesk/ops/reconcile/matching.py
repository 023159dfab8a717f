"""A payout file held against the statements of a period: line by line, and the totals of both sides agree."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from sqlalchemy.orm import Session

from partnerdesk.engine.money import ZERO
from partnerdesk.engine.period import CALENDAR_YEAR, FiscalYear
from partnerdesk.engine.problem import Problem
from partnerdesk.errors import Refused
from partnerdesk.intake.mapping import remembered_as
from partnerdesk.intake.official.deductions import still_meant
from partnerdesk.intake.official.months import wanted
from partnerdesk.intake.official.reading import Official, official
from partnerdesk.intake.official.tables import read_tables
from partnerdesk.ops.imports.remembering import recalled
from partnerdesk.ops.reconcile.classes import ABSENT, MATCH
from partnerdesk.ops.reconcile.lines import lines_of
from partnerdesk.ops.reconcile.matcher import Matcher
from partnerdesk.ops.reconcile.row import ReconRow
from partnerdesk.queries.figures import programs
from partnerdesk.queries.statements.disputes import disputes


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

    @property
    def unnamed(self) -> dict[str, str]:
        """The partners whom the file does not name at all, by id with their names."""
        return {row.partner: row.partner_name or row.partner for row in self.rows if row.kind == ABSENT}

    def disputable(self, partner: str = "") -> tuple[ReconRow, ...]:
        """The rows that can be disputed of the partners whom the file names, or of the one that a person names."""
        asked = (row for row in self.rows if (row.partner == partner if partner else row.kind != ABSENT))
        return tuple(row for row in asked if row.can_be_disputed)


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
    own = lines_of(session, label, as_of)
    own = {id: lines for id, lines in own.items() if partner in ("", id)}
    if not own:
        raise Refused(f"There is no statement for {label} to hold this against.", "Choose another period or partner.")
    matcher = Matcher(session, own, partner, tolerance)
    tables = read_tables(path, given, matcher.ours)
    kept = recalled(session, f"reconcile.{remembered_as(tables[0])}")
    found = official(tables, still_meant(kept, given) | given, matcher.ours, wanted(label, _year(session)))
    rows = [*matcher.rows(found.rows)] if found.is_clear else []
    open_ = {(d.partner, d.line): d.id for d in disputes(session, as_of) if d.is_open}
    marked = [replace(row, dispute=open_.get((row.partner, row.line), "")) for row in rows]
    marked.sort(
        key=lambda r: (r.kind == MATCH, r.kind == ABSENT, r.partner_name.casefold(), not r.line, r.line, r.place)
    )
    return Reconciliation(label, tolerance, found, tuple(marked), (*found.problems, *matcher.problems))


def _year(session: Session) -> FiscalYear:
    """The fiscal year in which the statements are named: the program's."""
    versions = programs(session)
    return versions[-1].fiscal_year if versions else CALENDAR_YEAR
