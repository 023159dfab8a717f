"""The figures of a book: programs, facts and closed statements go through the engine; nothing else computes a number.

An evaluation is kept in memory for the state of the book's facts and the as-of day, because every screen asks for the
same one; what is written in plans, notes, actions and reviews leaves it standing.
"""

import json
from datetime import date
from decimal import Decimal
from functools import lru_cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from partnerdesk.engine.evaluate import evaluate, explain, kinds_used
from partnerdesk.engine.figures.figure import Figure
from partnerdesk.engine.rules import Program
from partnerdesk.engine.trace import find
from partnerdesk.engine.whole import Evaluation, Outcome, Traced
from partnerdesk.errors import Damaged, NoProgram
from partnerdesk.models.book import book, op
from partnerdesk.models.statements import program_version
from partnerdesk.program.reader import read_program
from partnerdesk.queries.facts import facts
from partnerdesk.queries.statements.archive import posted

# Tables that no figure is made of: after a step that wrote only these the figures stand.
WORDS_ALONE = frozenset(
    "plan objective plan_target quarter_target decision_right risk action note review attendee review_item review_page "
    "plan_review stakeholder key_account whitespace_cell objective_link ladder_level escalation escalation_step rhythm "
    "motion attachment review_record feedback setting program_draft agreement_template agreement "
    "signature dispute_step restatement payment_run payment_item payment_withdrawal metric_audit metric_audit_row "
    "plan_return plan_proposal scenario scenario_change "
    "pathway pathway_step pathway_need attendance playbook playbook_step playbook_run library_item item_use "
    "vanished_row".split()
)
STEPS_AT_ONCE = 50


def programs(session: Session) -> tuple[Program, ...]:
    """All versions of the book's program, oldest first; empty where the book has none yet.

    Raises Damaged when a stored text no longer reads: it was checked before it was stored.
    """
    rows = session.execute(
        select(program_version.c.text, program_version.c.file).order_by(program_version.c.effective_from)
    ).all()
    return tuple(_parsed(row.text, row.file) for row in rows)


@lru_cache(maxsize=64)
def _parsed(text: str, file: str) -> Program:
    read = read_program(text, file)
    if read.program is None:
        raise Damaged(f"The stored program {file} cannot be read: {read.problems[0]}", "Restore a backup.")
    return read.program


def needed_programs(session: Session) -> tuple[Program, ...]:
    """The versions, or a refusal that says how to get one."""
    found = programs(session)
    if not found:
        raise NoProgram("This book has no partner program yet.", "Add one under Program.")
    return found


_kept: dict[tuple[object, ...], Evaluation[Decimal]] = {}


def evaluation(session: Session, as_of: date) -> Evaluation[Decimal]:
    """All partners' figures as of a day, computed once per state of the book's facts."""
    key = (*state(session), as_of)
    if key not in _kept:
        versions = needed_programs(session)
        found = evaluate(versions, facts(session, kinds=kinds_used(versions)), as_of, posted=posted(session))
        while len(_kept) >= 3:
            _kept.pop(next(iter(_kept)))
        _kept[key] = found
    return _kept[key]


def state(session: Session) -> tuple[object, ...]:
    """What the figures depend on besides the day: the book, what happened to it up to the last step that can change
    a figure (its hash covers all before it), and this connection's own writes, which may still be taken back.
    """
    own = session.execute(select(book.c.id, func.total_changes())).one()
    return (*own, _last_step(session))


def _last_step(session: Session) -> str:
    """The hash of the last step that wrote anything but words; nothing where there is none."""
    columns, before = (op.c.id, op.c.kind, op.c.changed, op.c.hash), None
    while True:
        found = select(*columns).order_by(op.c.id.desc()).limit(STEPS_AT_ONCE)
        rows = session.execute(found if before is None else found.where(op.c.id < before)).all()
        for row in rows:
            if row.kind not in ("do", "undo", "redo") or not WORDS_ALONE.issuperset(json.loads(row.changed)):
                return str(row.hash)
        if not rows:
            return ""
        before = rows[-1].id


def outcome(session: Session, partner: str, as_of: date) -> Outcome:
    """One partner's figures."""
    return evaluation(session, as_of).partners[partner]


def explained(session: Session, partner: str, as_of: date) -> Traced:
    """One partner's figures with every step kept."""
    versions = needed_programs(session)
    world = facts(session, kinds=kinds_used(versions))
    return explain(versions, world, as_of, partners=[partner], posted=posted(session, partner)).partners[partner]


def figure(session: Session, partner: str, named: str, as_of: date) -> Figure | None:
    """The figure behind a number's name (`engine.trace`); None when it is not evaluated."""
    return find(explained(session, partner, as_of), named)
