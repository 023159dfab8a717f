"""What a person should look at before a period's statements are closed and keep it; nothing here stops a close."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from partnerdesk.engine.figures.reasons import amount_words
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.period import statement_number
from partnerdesk.engine.problem import Problem
from partnerdesk.errors import Refused
from partnerdesk.ops.statements.documents import builder_of
from partnerdesk.ops.statements.printable import unprintable
from partnerdesk.ops.statements.typed import Typed
from partnerdesk.queries.figures import evaluation, needed_programs
from partnerdesk.queries.statements.closing import CLOSED, run
from partnerdesk.queries.statements.disputes import DisputeRow, disputes
from partnerdesk.queries.statements.missing import missing


def doubts(session: Session, label: str, as_of: date) -> tuple[Problem, ...]:
    """Warnings by partner's name: names that no page can print, texts that name somebody else, and claims that an
    answer and a correction both met.
    """
    return (
        *unprintable(session, label, as_of),
        *_strangers(session, label, as_of),
        *_met_twice(session, label, as_of),
    )


def _strangers(session: Session, label: str, as_of: date) -> Iterator[Problem]:
    """What the close would refuse once its total is typed in."""
    builder = builder_of(session, needed_programs(session), as_of)
    typed, outcomes = Typed(session, builder.facts), evaluation(session, as_of).partners
    for row in run(session, label, as_of).rows:
        if row.status != CLOSED and typed.may_refuse(row.partner):
            outcome = outcomes[row.partner]
            try:
                typed.refuse_strangers(builder.document(outcome, outcome.statements[label].period))
            except Refused as refused:
                yield Problem(row.name, refused.sentence, refused.remedy, warning=True)


def _met_twice(session: Session, label: str, as_of: date) -> Iterator[Problem]:
    """An answer was given first, and the row that it was about corrected later: the same money would come twice."""
    answered = [row for row in disputes(session, as_of) if row.granted]
    if not answered:
        return
    open_ = {row.partner for row in run(session, label, as_of).rows if row.status != CLOSED}
    outcomes = evaluation(session, as_of).partners
    for dispute in answered:
        if dispute.partner in open_:
            number = statement_number(outcomes[dispute.partner].statements[label].period)
            yield from _told(session, dispute, number, as_of)


def _told(session: Session, row: DisputeRow, statement: str, as_of: date) -> Iterator[Problem]:
    found, granted = missing(session, row, as_of), row.granted or ZERO
    if found.asked is None or statement not in found.statements:
        return
    if (granted + found.brought - found.asked) * found.asked > ZERO:
        claim, added, came = (amount_words(n, row.currency) for n in (found.asked, granted, found.brought))
        said = (
            f"{row.id} asked for {claim} more for {row.what}: its answer added {added}, and corrections bring {came}."
        )
        yield Problem(row.partner_name, said, "Where both are for one thing, adjust the one that is too much.", True)
