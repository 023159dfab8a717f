"""The one page about a partner from the book: the brief with our notes, or the digest that the partner may have."""

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from partnerdesk.engine.money import ZERO
from partnerdesk.engine.period import previous_period
from partnerdesk.ops.pack.gathered import Gathered, gather, is_sample, party_of, vendor_of
from partnerdesk.ops.pack.money import earnings, renewals
from partnerdesk.ops.pack.pipeline import open_deals
from partnerdesk.ops.pack.standing import key_figures, score_view
from partnerdesk.queries.joint.actions import DONE, DROPPED, PROPOSED, ActionRow, actions
from partnerdesk.queries.joint.notes import notes
from partnerdesk.queries.joint.review_periods import last_finished, short
from partnerdesk.queries.quarters import program_year
from partnerdesk.reports.onepage.data import LastMoney, OnePage, Owed, Person
from partnerdesk.reports.pack.data import InternalNote

NOTES = 2


def one_page(session: Session, partner: str, as_of: date, *, internal: bool) -> OnePage:
    """The page of a partner on a day. Raises Refused for an unknown partner."""
    g = gather(session, partner, last_finished(as_of, "quarter", program_year(session)).label, as_of)
    deals = open_deals(g)
    known = [a for a in actions(session, as_of, partner) if a.state not in (DONE, DROPPED, PROPOSED)]
    shown = [a for a in known if a.carried_to is None and (internal or not a.internal)]
    return OnePage(
        internal=internal,
        partner=party_of(g.partner),
        vendor=vendor_of(g),
        period=g.period,
        previous=short(previous_period(g.period, g.year).label),
        as_of=as_of,
        currency=g.program.currency,
        version=g.program.version,
        sample=is_sample(g),
        reader=g.named("person", g.partner.owner) if internal else "",
        figures=tuple(key_figures(g)),
        score=score_view(g),
        deals=deals,
        pipeline=sum((d.amount for d in deals if d.amount is not None), ZERO),
        renewals=tuple(renewals(g)),
        ours=tuple(_owed(a) for a in shown if a.side == "vendor"),
        theirs=tuple(_owed(a) for a in shown if a.side == "partner"),
        money=_money(g),
        notes=tuple(_notes(g)) if internal else (),
        people=tuple(_people(g)),
    )


def _owed(row: ActionRow) -> Owed:
    return Owed(row.text, row.owner, row.due, row.state == "late")


def _money(g: Gathered) -> LastMoney | None:
    """The last finished statement of the quarter with its next release."""
    found = earnings(g)
    lines = [s for s in found.statements if s.period.end <= g.as_of] if found else []
    if not lines or found is None:
        return None
    last = lines[-1]
    ahead = [r for r in found.releases if r.month >= g.as_of.replace(day=1) and r.total]
    earned, paid = last.earned + last.topup, max(-last.paid, Decimal(0))
    day, amount = (ahead[0].month, ahead[0].total) if ahead else (None, ZERO)
    return LastMoney(last.period, last.number, earned, paid, last.held, day, amount)


def _notes(g: Gathered) -> list[InternalNote]:
    """The last notes, whoever may read them: the brief stays in the house."""
    found = sorted(notes(g.session, g.partner.id), key=lambda n: (n.day, n.id), reverse=True)[:NOTES]
    return [InternalNote(n.day, n.kind, n.text, n.author) for n in found]


def _people(g: Gathered) -> list[Person]:
    own = [p for p in g.world.of("person") if p.partner == g.partner.id]
    return [Person(p.name, p.role, p.phone or p.email) for p in own]
