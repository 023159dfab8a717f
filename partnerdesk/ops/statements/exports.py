"""Statements leave the house: workbooks with their CSV files, and on pages to print, under safe names.

The book is only read here; a closed period is written from what was frozen, an open one as a draft. Every document
goes through the gate (`reports.release`), which deletes what holds something of another partner.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.engine.evaluate import versions_hash
from partnerdesk.errors import Cancelled, Refused
from partnerdesk.models.book import book as book_table
from partnerdesk.models.statements import statement
from partnerdesk.ops import folders
from partnerdesk.ops.gate.whose import Whose
from partnerdesk.ops.statements.causes import with_causes
from partnerdesk.ops.statements.computed import with_computed
from partnerdesk.ops.statements.corrected_lines import with_corrected_lines
from partnerdesk.ops.statements.documents import builder_of, versions_until
from partnerdesk.ops.statements.issued import issue_of
from partnerdesk.ops.statements.typed import Typed
from partnerdesk.ops.statements.written import ExportedStatement, StatementRun, files_of, release_statement
from partnerdesk.ops.stopping import goes_on
from partnerdesk.progress import SILENT, Progress
from partnerdesk.queries.figures import evaluation, needed_programs
from partnerdesk.queries.statements.archive import canonical_statement, closed_statements
from partnerdesk.queries.statements.closing import period_named
from partnerdesk.queries.statements.openings import first_opening
from partnerdesk.queries.unknown import no_partner
from partnerdesk.reports.atomic import settle
from partnerdesk.reports.format import Formats
from partnerdesk.reports.manifest import LeftOut, Manifest, forget_manifest, not_reached, write_manifest
from partnerdesk.reports.release import World
from partnerdesk.reports.release.outgoing import Issue
from partnerdesk.reports.statement.document import DRAFT, StatementDocument
from partnerdesk.reports.statement.frozen import restored
from partnerdesk.reports.statement.workbook import file_name


def export_statements(
    session: Session,
    label: str,
    as_of: date,
    folder: Path,
    *,
    partners: Sequence[str] | None = None,
    pages: bool = False,
    revision: int | None = None,
    progress: Progress = SILENT,
) -> tuple[ExportedStatement, ...]:
    """What `export_run` writes, for who needs every file of it: raises Refused for the first that could not be
    written, after the others were, and Cancelled for one that was stopped.
    """
    run = export_run(
        session, label, as_of, folder, partners=partners, pages=pages, revision=revision, progress=progress
    )
    if run.stopped:
        raise Cancelled
    if run.left_out:
        raise run.left_out[0].refused
    return run.written


def export_run(
    session: Session,
    label: str,
    as_of: date,
    folder: Path,
    *,
    partners: Sequence[str] | None = None,
    pages: bool = False,
    revision: int | None = None,
    progress: Progress = SILENT,
) -> StatementRun:
    """Writes the statements of a period for all partners that have one, or for the named ones; `pages` as PDF too.

    A restated one is written in its latest revision, or in the one that is named. What one file, or one partner, is
    refused for stops no other: it is told beside what was written. A run of all partners leaves a manifest of both
    beside its files (`reports.manifest`). One that is cancelled ends between two partners: its result and its manifest
    have what was written until then, and the partners that were not reached.

    Raises Refused for an unknown period or partner, or one without a statement in it; Damaged where the disk is in the
    way. Files that were finished before stay.
    """
    documents = _Documents(session, label, as_of, revision)
    chosen = documents.having(_chosen(session, label, as_of, partners))
    folders.made(folder)
    if partners is None:
        forget_manifest(folder, label)
    run = _run(documents, chosen, folder, pages, progress)
    settle(folder)
    if partners is None:
        write_manifest(folder, documents.manifest(as_of, run.written, (*run.left_out, *run.not_reached)))
    return run


def _run(documents: "_Documents", chosen: Sequence[str], folder: Path, pages: bool, progress: Progress) -> StatementRun:
    """The files of one partner after the other; who stops it after the last one has stopped nothing."""
    written, left_out = list[ExportedStatement](), list[LeftOut]()
    for number, partner in enumerate(chosen):
        if not goes_on(progress, number, len(chosen), documents.name(partner)):
            rest = tuple(not_reached(one, documents.name(one)) for one in chosen[number:])
            return StatementRun(tuple(written), tuple(left_out), rest)
        try:
            made = documents.written(partner, folder, pages=pages)
        except Refused as refused:
            left_out.append(LeftOut(partner, documents.name(partner), "", refused.sentence, refused.remedy))
        else:
            left_out += made.left_out
            written += [made] if made.listed else []
    goes_on(progress, len(chosen), len(chosen))
    return StatementRun(tuple(written), tuple(left_out))


@dataclass(frozen=True, slots=True)
class MadeStatement:
    """A partner's statement as files that are not written yet: workbook and pages, by their names."""

    document: StatementDocument
    formats: Formats
    world: World
    files: dict[str, bytes]
    issue: Issue | None  # of a closed statement


def statement_made(session: Session, label: str, as_of: date, partner: str) -> MadeStatement:
    """The statement that would be exported now. Raises what `export_statements` raises of a document."""
    chosen = _chosen(session, label, as_of, [partner])
    documents = _Documents(session, label, as_of)
    document = documents.of(chosen[0])
    documents.refuse_strangers(document)
    formats, path = documents.formats(partner), Path(file_name(document, taken=tuple(documents.names_beside(document))))
    _, making = files_of(document, formats, path, pages=True)
    files = {file.name: make() for file, make in making.items()}
    issue = documents.issue(partner, path.name, files[path.name])
    return MadeStatement(document, formats, documents.world(document), files, issue)


def _chosen(session: Session, label: str, as_of: date, partners: Sequence[str] | None) -> list[str]:
    outcomes = evaluation(session, as_of).partners
    having = [key for key, outcome in outcomes.items() if label in outcome.statements]
    if partners is None:
        if not having:
            period_named(
                needed_programs(session), label, as_of, first_opening(session)
            )  # refuses what is no period at all
            raise Refused(f"No partner has a statement for {label}.", "Choose a period that has begun.")
        return having
    for partner in partners:
        if partner not in outcomes:
            raise no_partner(session, partner)
        if partner not in having:
            raise Refused(f"{partner} has no statement for {label}.", "Choose another period.")
    return list(dict.fromkeys(partners))


class _Documents:
    """The documents of one period; what they share is read once."""

    def __init__(self, session: Session, label: str, as_of: date, revision: int | None = None) -> None:
        programs = needed_programs(session)
        self._session, self._revision = session, revision
        self._outcomes = evaluation(session, as_of).partners
        self._period = period_named(programs, label, as_of, first_opening(session))
        self._builder = builder_of(session, programs, as_of)
        self._closed = {
            row.partner: row
            for row in closed_statements(session, period=label, revisions=revision is not None)
            if revision is None or row.revision == revision
        }
        self._names: dict[str, str] = {}
        self._whose = Whose(session, as_of)
        self._typed = Typed(session, self._builder.facts)

    def having(self, partners: list[str]) -> list[str]:
        """Those of the partners that have the revision. Raises Refused where none has it."""
        found = [p for p in partners if self._revision is None or p in self._closed]
        if not found:
            sentence = f"No statement of {self._period.label} has a revision {self._revision}."
            raise Refused(sentence, "Leave it out for the latest one.")
        return found

    def of(self, partner: str) -> StatementDocument:
        closed = self._closed.get(partner)
        if closed is not None:
            found = restored(canonical_statement(self._session, closed.id, closed.revision))
        else:
            found = self._builder.document(self._outcomes[partner], self._period)
        told = with_causes(self._session, found, self.formats(partner), self._builder)
        told = with_corrected_lines(self._session, told, self._builder)
        return with_computed(self._session, told, self._builder, self._outcomes.get(partner))

    def name(self, partner: str) -> str:
        """What a partner is called on documents now."""
        found = self._builder.partners[partner]
        return found.document_name or found.name

    def written(self, partner: str, folder: Path, *, pages: bool) -> ExportedStatement:
        """Writes a partner's files. Raises Refused where there can be none of them."""
        document = self.of(partner)
        self.refuse_strangers(document)
        made_ready = document, self.formats(partner), self.world(document), folder, self.names_beside(document)
        return release_statement(*made_ready, partial(self.issue, partner), pages=pages)

    def refuse_strangers(self, document: StatementDocument) -> None:
        """Raises Refused where a typed text on the statement names somebody else."""
        self._typed.refuse_strangers(document)

    def world(self, document: StatementDocument) -> World:
        """What this partner's document may hold; also what it was closed with, and the one before."""
        partner = document.statement.partner
        world = self._whose.world(partner, document.partner_name)
        for id in self._resting(document):
            world = self._whose.with_frozen(world, id)
        return world

    def _resting(self, document: StatementDocument) -> list[int]:
        """The statement itself, where it is closed, and the one before: what it corrects was the partner's own then."""
        row = statement.c
        own = select(row.id).where(row.partner == document.statement.partner, row.start <= document.period.start)
        count = 1 if document.status == DRAFT else 2
        return list(self._session.execute(own.order_by(row.start.desc()).limit(count)).scalars())

    def issue(self, partner: str, file: str, content: bytes) -> Issue | None:
        """What the record keeps of a partner's workbook; nothing of a draft."""
        closed = self._closed.get(partner)
        return None if closed is None else issue_of(closed, file, content)

    def names_beside(self, document: StatementDocument) -> list[str]:
        """What files of the other partners are called, so that one exported alone never takes another's name."""
        if not self._names:
            for id, partner in self._builder.partners.items():
                other = replace(document.statement, partner=id)
                name = partner.document_name or partner.name
                self._names[id] = file_name(replace(document, partner_name=name, statement=other))
        return [name for id, name in self._names.items() if id != document.statement.partner]

    def manifest(self, as_of: date, written: Sequence[ExportedStatement], left_out: Sequence[LeftOut] = ()) -> Manifest:
        """The list of a run's files, and of what it could not write."""
        program = versions_until(self._builder.programs, self._period.end)[-1]
        book = self._session.execute(select(book_table.c.id)).scalar_one()
        files = tuple(file for one in written for file in one.listed)
        texts = versions_hash(versions_until(self._builder.programs, self._period.end))
        engine = f"PartnerDesk {self._builder.engine}"
        return Manifest(
            book, self._period.label, as_of, program.program, program.version, texts, engine, files, tuple(left_out)
        )

    def formats(self, partner: str) -> Formats:
        """Numbers as the partner writes them, days in the words of the document."""
        return Formats(self._builder.partners[partner].language or "en_GB", english=True)
