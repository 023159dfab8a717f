"""Names on the statements of a period that no page can print, told before they are closed and keep them."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Customer, Partner
from partnerdesk.engine.problem import Problem
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import evaluation
from partnerdesk.queries.statements.closing import CLOSED, run
from partnerdesk.reports import fonts


def unprintable(session: Session, label: str, as_of: date) -> tuple[Problem, ...]:
    """A warning for each partner whose statement is not closed yet and has a name that cannot be printed."""
    found = facts(session, kinds=("partner", "customer"))
    partners: dict[str, Partner] = {p.id: p for p in found.of("partner")}
    customers: dict[str, Customer] = {c.id: c for c in found.of("customer")}
    outcomes, problems = evaluation(session, as_of).partners, []
    for row in run(session, label, as_of).rows:
        if row.status == CLOSED:
            continue
        partner, lines = partners[row.partner], outcomes[row.partner].statements[label].lines
        own = partner.document_name or partner.name
        theirs = {customers[line.customer].name for line in lines if line.customer in customers}
        for name, owner in ((own, own), (partner.legal_name, partner.legal_name), *((n, own) for n in sorted(theirs))):
            problems += list(_told(row.name, name, owner))
    return tuple(problems)


def _told(partner: str, name: str, owner: str) -> Iterator[Problem]:
    try:
        fonts.runs(name, "regular")
    except fonts.Undrawable as error:
        said = f"“{name}” cannot be printed on its pages: {fonts.describe(error.character)}, {error.why}."
        remedy = f"{fonts.remedy(error, owner)} Once the statement is closed, a restatement is needed as well."
        yield Problem(partner, said, remedy, warning=True)
