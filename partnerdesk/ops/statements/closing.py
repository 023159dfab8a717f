"""Closing a period: its statements are frozen with facts, figures, program version and hashes, and never change again.

Later truth arrives in the next open period as a true-up (`engine.ledger`). Documents are rendered from what was
frozen; nothing here writes a file.
"""

import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Facts
from partnerdesk.engine.money import minor
from partnerdesk.engine.outcome import Entry
from partnerdesk.engine.outcome.record import digest
from partnerdesk.engine.period import Period
from partnerdesk.engine.rules import Program
from partnerdesk.engine.whole import Outcome
from partnerdesk.errors import Refused
from partnerdesk.models.base import irreversible
from partnerdesk.models.statements import fact_chunk, posted_entry, statement
from partnerdesk.ops import sentences
from partnerdesk.ops.statements.approving import check_two
from partnerdesk.ops.statements.documents import builder_of
from partnerdesk.ops.statements.posted_funds import remember
from partnerdesk.ops.statements.typed import Typed
from partnerdesk.progress import SILENT, Progress
from partnerdesk.queries.figures import evaluation, needed_programs
from partnerdesk.queries.statements.archive import closed_statements
from partnerdesk.queries.statements.closing import CLOSED, Run, RunRow, movements, period_named, run
from partnerdesk.queries.statements.openings import first_opening
from partnerdesk.reports.statement.canonical import canonical
from partnerdesk.reports.statement.document import StatementDocument


@irreversible
def close_period(
    session: Session,
    label: str,
    as_of: date,
    *,
    maker: str,
    checker: str,
    total: Decimal,
    at: str,
    partners: Sequence[str] | None = None,
    progress: Progress = SILENT,
) -> Run:
    """Closes a period for all partners that are ready (or the named ones); returns the run as it then stands.

    `total` is the sum of their closing balances as the checker typed it; `at` the UTC moment. Raises Refused when
    nothing is ready, a named partner is blocked, a name is missing, the total differs, or a text that somebody typed
    names another partner; errors.Cancelled, before anything is written, where the user has had enough.
    """
    found = run(session, label, as_of)
    chosen = _chosen(session, found, partners)
    check_two(session, "A close", maker, checker)
    expected = sum((r.closing for r in chosen), Decimal(0))
    if total != expected:
        raise Refused(
            f"The total typed in, {total:,f} {found.currency}, is not the total of this run.",
            "Compare the run with your figures and type the total again.",
        )
    programs = needed_programs(session)
    period = period_named(programs, label, as_of, first_opening(session))
    outcomes = evaluation(session, as_of).partners
    freezing = Freezing(session, programs, as_of, maker.strip(), checker.strip(), lambda _: at)
    ready = [(outcomes[r.partner], period) for r in chosen]
    freezing.freeze(ready, lambda _: date.fromisoformat(at[:10]), progress)
    return found


def _chosen(session: Session, found: Run, partners: Sequence[str] | None) -> list[RunRow]:
    """The statements of a run that are to be closed. Raises Refused where one cannot be, or is closed already."""
    chosen = [r for r in found.ready if partners is None or r.partner in partners]
    wanted = [r for r in found.rows if partners is None or r.partner in partners]
    done = [r for r in wanted if r.status == CLOSED]
    if done and (partners is not None or not chosen):
        raise _closed_already(session, found, done, len(wanted) - len(done) - len(chosen))
    blocked = [r for r in wanted if partners is not None and r not in chosen]
    if blocked:
        raise Refused(
            f"{blocked[0].name} cannot be closed: {blocked[0].why or blocked[0].status}.", "Resolve it first."
        )
    if not chosen:
        waiting = next((r.why for r in wanted if r.why), "")
        remedy = "Resolve it first." if waiting else "Choose a period that has ended."
        because = f": {waiting}" if waiting else ""
        raise Refused(f"No statement of {found.period} is ready to close{because}.", remedy)
    return chosen


def _closed_already(session: Session, run: Run, done: Sequence[RunRow], rest: int) -> Refused:
    """The refusal that says since when these statements are closed, and how many are not."""
    partners = {r.partner for r in done}
    first = [r for r in closed_statements(session, period=run.period, revisions=True) if not r.because]
    since = sentences.day(date.fromisoformat(max(r.closed_at for r in first if r.partner in partners)[:10]))
    whose = f" of {done[0].name}" if len(done) == 1 else ""
    more = f"; of the others, {rest} cannot be closed yet" if rest else ""
    return Refused(f"{run.period}{whose} is closed already, since {since}{more}.", "A closed statement never changes.")


class Freezing:
    """Writes statements with all they rest on; shared by a close and by the sample book's history."""

    def __init__(
        self,
        session: Session,
        programs: tuple[Program, ...],
        as_of: date,
        maker: str,
        checker: str,
        at: Callable[[Period], str],
    ) -> None:
        self.session, self.programs, self.as_of = session, programs, as_of
        self.maker, self.checker, self.at = maker, checker, at
        self.builder = builder_of(session, programs, as_of)
        self.stored: set[str] = set(session.execute(select(fact_chunk.c.sha256)).scalars())

    def on(self, day: date, facts: Facts) -> "Freezing":
        """The same, as of another day and on what was known then."""
        other = copy(self)
        other.as_of, other.builder = day, self.builder.on(day, facts)
        return other

    def freeze(
        self,
        chosen: Sequence[tuple[Outcome, Period]],
        issued: Callable[[Period], date],
        progress: Progress = SILENT,
    ) -> None:
        """Freezes the statements of some partners and periods, in this order. All are worked out before the first is
        written: until then `progress` may stop it.
        """
        last = self.session.execute(select(func.coalesce(func.max(statement.c.id), 0))).scalar_one()
        rows, entries, bodies, typed = [], [], [], Typed(self.session, self.builder.facts)
        for done, (outcome, period) in enumerate(chosen):
            progress.step(done, len(chosen), self.builder.partners[outcome.partner].name)
            id, document = last + 1 + done, self.builder.document(outcome, period, issued=issued(period))
            typed.refuse_strangers(document)  # closed, it could neither be reworded nor leave the house
            chunks = self.builder.rests_on(outcome.partner)
            bodies += self._new_chunks(chunks)
            rows.append(self._row(id, document, sorted(chunks)))
            entries += [_entry_row(id, document, e) for e in document.statement.entries]
        progress.step(len(chosen), len(chosen))
        # Entries come before the statement that seals them, so their reference to it holds only at the end.
        self.session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = 1")
        for table, found in ((fact_chunk, bodies), (posted_entry, entries), (statement, rows)):
            if found:
                self.session.execute(insert(table), found)

    def _new_chunks(self, chunks: Mapping[str, bytes]) -> list[dict[str, Any]]:
        """The chunks that the file does not hold yet, to be stored."""
        new = [{"sha256": h, "body": zlib.compress(body, 6)} for h, body in chunks.items() if h not in self.stored]
        self.stored.update(chunks)
        return new

    def _row(self, id: int, document: StatementDocument, hashes: list[str]) -> dict[str, Any]:
        found, body = document.statement, canonical(document)
        remember(digest(body), document.funds)
        amounts = {k: minor(v, found.currency) for k, v in movements(found).items()}
        return {
            **amounts,
            "id": id,
            "number": document.number,
            "revision": document.version,
            "partner": found.partner,
            "period": found.period.label,
            "start": found.period.start,
            "end": found.period.end,
            "currency": found.currency,
            "tier": found.tier,
            "score": found.score,
            "canonical": zlib.compress(body, 6),
            "sha256": digest(body),
            "program": document.program,
            "version": document.rules_version,
            "program_sha256": document.program_hash,
            "facts_sha256": document.facts_hash,
            "facts": json.dumps(hashes),
            "engine": document.engine,
            "as_of": self.as_of,
            "maker": self.maker,
            "checker": self.checker,
            "closed_at": self.at(found.period),
        }


def _entry_row(id: int, document: StatementDocument, e: Entry[Decimal]) -> dict[str, Any]:
    return {
        "statement": id,
        "partner": e.partner,
        "entry": e.id,
        "kind": e.kind,
        "bucket": e.bucket,
        "day": e.day,
        "amount": minor(e.amount, document.currency),
        "line": e.line,
        "type": e.type,
        "rule": e.rule.key if e.rule else "",
        "reference": e.reference,
        "note": e.note,
    }
