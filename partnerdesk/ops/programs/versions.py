"""Program versions into the book, and the tier decisions that people take under them."""

from datetime import date

from sqlalchemy import insert
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import TierDecision
from partnerdesk.engine.problem import errors
from partnerdesk.engine.rules import Program
from partnerdesk.errors import Refused
from partnerdesk.models.statements import program_version
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.program.reader import read_program
from partnerdesk.queries.figures import outcome, programs
from partnerdesk.queries.statements.archive import closed_statements


def add_version(session: Session, text: str, file: str) -> str:
    """Publishes a program version in this book; returns its version name.

    Raises Refused for a text with problems (the first ones named), another program, a day that has a version, or a
    day inside a closed period. A text that is already there changes nothing.
    """
    read = read_program(text, file)
    wrong = errors(list(read.problems))
    if read.program is None:
        more = f" And {len(wrong) - 1} more." if len(wrong) > 1 else ""
        raise Refused(f"{wrong[0]}{more}", "Correct the program file and add it again.")
    program = read.program
    known = programs(session)
    if any(p.sha256 == program.sha256 for p in known):
        return program.version
    _refuse_clash(session, program, known)
    session.execute(
        insert(program_version).values(
            sha256=program.sha256,
            program=program.program,
            version=program.version,
            effective_from=program.effective_from,
            text=text,
            file=file,
        )
    )
    return program.version


def _refuse_clash(session: Session, program: Program, known: tuple[Program, ...]) -> None:
    """Refuses another program or currency, a day or a name that has a version, and a day inside a closed period."""
    if known and known[0].program != program.program:
        raise Refused(
            f"This book runs the program {known[0].name or known[0].program}.",
            "Open a new book for another program.",
        )
    if any(p.version == program.version for p in known):
        raise Refused(f"A version {program.version} is published already.", "Give the new one another version.")
    if any(p.effective_from == program.effective_from for p in known):
        raise Refused(
            f"A version already takes effect on {program.effective_from.isoformat()}.",
            "Give the new one another effective_from.",
        )
    closed = closed_statements(session)
    if closed and program.effective_from <= max(row.end for row in closed):
        raise Refused(
            f"Version {program.version} would change periods that are closed.",
            f"Let it take effect after {max(row.end for row in closed).isoformat()}.",
        )
    if closed and known and known[-1].currency != program.currency:
        raise Refused(
            f"Version {program.version} is in {program.currency}, in which all that is closed in {known[-1].currency} "
            "would be counted anew.",
            f"Begin a new book in {program.currency}, with opening balances.",
        )


def decide_tier(session: Session, partner: str, tier: str, day: date, *, reason: str, by: str, as_of: date) -> None:
    """Confirms a proposed move, keeps the tier against a proposal, or sets a tier by hand; in force from `day`.

    Raises Refused without a reason, for a tier that no version knows, or for a day inside a closed period.
    """
    if not reason.strip():
        raise Refused("A tier decision needs a reason.", "Say in a sentence why.")
    known = [t.name for p in programs(session) for t in p.tier]
    if tier not in known:
        raise Refused(f"{tier} is not a tier of this program.", f"Choose one of {', '.join(dict.fromkeys(known))}.")
    refuse_closed(session, partner, day)
    decision = TierDecision(
        id=f"{partner}:{day.isoformat()}", partner=partner, day=day, tier=tier, reason=reason.strip(), decided_by=by
    )
    add_rows(session, [decision], by=by)


def refuse_closed(session: Session, partner: str, day: date) -> None:
    """Raises Refused where a tier would be decided from a day inside a closed period of the partner."""
    closed = [row.end for row in closed_statements(session, partner)]
    if closed and day <= max(closed):
        raise Refused(
            "That day lies in a closed period.",
            f"Let the decision count from {max(closed).isoformat()} on, a day later.",
        )


def confirm_move(session: Session, partner: str, *, reason: str, by: str, as_of: date, accept: bool = True) -> str:
    """Confirms the move that the figures propose, or keeps the tier; returns the tier that is now in force.

    Raises Refused when nothing is proposed for the partner.
    """
    standings = list(outcome(session, partner, as_of).standings.values())
    open_moves = [s.proposal for s in standings if s.proposal is not None]
    if not open_moves:
        raise Refused("No tier change is proposed for this partner.", "Open Progress to see where it stands.")
    move = open_moves[-1]
    tier = move.to_tier if accept else move.from_tier
    decide_tier(session, partner, tier, move.effective, reason=reason, by=by, as_of=as_of)
    return tier
