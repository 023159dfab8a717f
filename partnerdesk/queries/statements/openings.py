"""Opening balances of partners that were taken over, and whether they are confirmed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Opening, Partner
from partnerdesk.engine.period import FiscalYear, period_at, previous_period
from partnerdesk.engine.rules import Program
from partnerdesk.errors import Refused
from partnerdesk.models.facts import TABLES
from partnerdesk.queries.facts import fact, facts
from partnerdesk.queries.figures import evaluation, needed_programs
from partnerdesk.queries.statements.archive import closed_statements
from partnerdesk.queries.unknown import no_partner


@dataclass(frozen=True, slots=True)
class OpeningView:
    """A partner's opening balances; sums per kind are of one currency each, and so kept apart."""

    partner: str
    day: date | None
    rows: tuple[Opening, ...]
    is_confirmed: bool

    @property
    def sums(self) -> dict[tuple[str, str], Decimal]:
        """The sum of each kind and currency, in the order in which they stand."""
        found: dict[tuple[str, str], Decimal] = {}
        for row in self.rows:
            key = row.kind, row.currency
            found[key] = found.get(key, Decimal(0)) + (row.amount or Decimal(0))
        return found


def openings(session: Session, partner: str | None = None) -> tuple[OpeningView, ...]:
    """The opening balances of all partners that have some, or of one."""
    of: dict[str, list[Opening]] = {}
    for row in facts(session, kinds=("opening",)).of("opening"):
        if partner is None or row.partner == partner:
            of.setdefault(row.partner, []).append(row)
    closed = {row.partner for row in closed_statements(session)} if of else set()
    return tuple(OpeningView(id, rows[0].day, tuple(rows), id in closed) for id, rows in sorted(of.items()))


@dataclass(frozen=True, slots=True)
class OpeningForm:
    """What a person needs to enter a partner's opening: what there is, the day, the program's earnings by name."""

    partner: str
    name: str
    currency: str
    day: date
    evidence: str
    rows: tuple[Opening, ...]
    earnings: tuple[tuple[str, str], ...]  # what it says, its name
    statements: str  # how often they close
    year: FiscalYear

    def period(self, day: date) -> str:
        """The label of the statement period that holds a day."""
        return period_at(day, self.statements, self.year).label


def opening_form(session: Session, partner: str, as_of: date) -> OpeningForm:
    """The form of a partner's opening. Raises Refused for an unknown partner and once its ledger has begun."""
    row = fact(session, "partner", partner)
    if not isinstance(row, Partner):
        raise no_partner(session, partner)
    closed = closed_statements(session, partner)
    if closed:
        sentence = f"{closed[-1].number} of {row.name} is closed already: its ledger has begun."
        raise Refused(sentence, "A correction is an adjustment in the open period.")
    versions = needed_programs(session)
    known = next(iter(openings(session, partner)), None)
    rows = known.rows if known else ()
    named = {name: rule.says for version in versions for name, rule in version.earning.items()}
    return OpeningForm(
        partner,
        row.name,
        versions[-1].currency,
        (known.day if known else None) or _before_first(session, versions[-1], partner, as_of),
        rows[0].evidence if rows else "",
        rows,
        tuple((says, name) for name, says in named.items()),
        versions[-1].statements,
        versions[-1].fiscal_year,
    )


def _before_first(session: Session, program: Program, partner: str, as_of: date) -> date:
    """The last day before a partner's first statement; before the running period where it has none."""
    outcome = evaluation(session, as_of).partners.get(partner)
    label = next(iter(outcome.statements), None) if outcome else None
    first = outcome.statements[label].period if outcome and label else None
    period = first or period_at(as_of, program.statements, program.fiscal_year)
    return previous_period(period, program.fiscal_year).end


def first_opening(session: Session) -> date | None:
    """The day of the earliest opening balances of the book."""
    return session.execute(select(func.min(TABLES["opening"].c.day))).scalar()
