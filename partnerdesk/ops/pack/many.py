"""The review packs of many partners in one run: who is due, one file after the other, and a list of what was written.

What one partner's pack is refused for stops no other; the list tells it. A run that was stopped leaves whole files, and
its list tells who was not reached.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk import __version__
from partnerdesk.engine.evaluate import versions_hash
from partnerdesk.errors import Refused
from partnerdesk.models.book import book as book_table
from partnerdesk.ops import folders
from partnerdesk.ops.gate.whose import Whose
from partnerdesk.ops.pack.exports import ExportedPack, pack_to_print, written_pack
from partnerdesk.ops.pack.gathered import quarter_named
from partnerdesk.ops.pack.laid import laid_out
from partnerdesk.ops.stopping import goes_on
from partnerdesk.progress import SILENT, Progress
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import needed_programs
from partnerdesk.queries.joint.reviews import reviews
from partnerdesk.queries.unknown import no_partner
from partnerdesk.reports.atomic import settle
from partnerdesk.reports.manifest import LeftOut, ListedFile, Manifest, forget_manifest, not_reached, write_manifest

LABEL = "reviews {quarter}"  # what a run's list is called


@dataclass(frozen=True, slots=True)
class DuePack:
    """A partner whose pack of a quarter is due; `review` is its review, None where nobody has opened one."""

    partner: str
    name: str
    review: int | None


def packs_due(session: Session, quarter: str, as_of: date) -> tuple[DuePack, ...]:
    """Active partners whose review of the quarter was not held yet. Raises Refused for no quarter."""
    quarter = quarter_named(session, quarter, as_of).label
    found = {r.partner: r for r in reviews(session) if r.quarter == quarter}
    held = {id for id, review in found.items() if review.is_held}
    active = [p for p in facts(session, kinds=("partner",)).of("partner") if p.status == "active" and p.id not in held]
    return tuple(
        DuePack(p.id, p.document_name or p.name, found[p.id].id if p.id in found else None)
        for p in sorted(active, key=lambda p: (p.name.casefold(), p.id))
    )


@dataclass(frozen=True, slots=True)
class WrittenPacks:
    """The packs of a run, those that could not be written, and those that a run which was cancelled did not reach."""

    written: tuple[ExportedPack, ...]
    left_out: tuple[LeftOut, ...] = ()
    not_reached: tuple[LeftOut, ...] = ()


def export_packs(
    session: Session,
    quarter: str,
    as_of: date,
    folder: Path,
    *,
    partners: Sequence[str] | None = None,
    internal: bool = False,
    paper: str = "",
    progress: Progress = SILENT,
) -> WrittenPacks:
    """Writes the packs of all partners that are due, or of the named ones, each through the gate.

    A run of all leaves a list with every file's digest (`reports.manifest`), and with who has none and why. Raises
    Refused for an unknown quarter or partner, and where nobody is due; Damaged where the disk is in the way. Files
    that were finished before stay; a run that is cancelled ends between two partners.
    """
    quarter = quarter_named(session, quarter, as_of).label
    chosen = _chosen(session, quarter, as_of, partners)
    whose, written, left_out = Whose(session, as_of), list[ExportedPack](), list[LeftOut]()
    folders.made(folder)
    if partners is None:
        forget_list(folder, quarter)
    rest: tuple[LeftOut, ...] = ()
    for number, due in enumerate(chosen):
        if not goes_on(progress, number, len(chosen), due.name):
            rest = tuple(not_reached(one.partner, one.name) for one in chosen[number:])
            break
        try:
            found = pack_to_print(session, due.partner, quarter, as_of, review=due.review, internal=internal)
            written.append(written_pack(laid_out(found, paper), folder, whose, settle=False))
        except Refused as refused:
            left_out.append(LeftOut(due.partner, due.name, "", refused.sentence, refused.remedy))
    else:
        goes_on(progress, len(chosen), len(chosen))
    settle(folder)
    if partners is None:
        write_list(session, quarter, as_of, folder, written, (*left_out, *rest))
    return WrittenPacks(tuple(written), tuple(left_out), rest)


def forget_list(folder: Path, quarter: str) -> None:
    """Takes the list of an earlier run away, before its files give way to others."""
    forget_manifest(folder, LABEL.format(quarter=quarter))


def write_list(
    session: Session,
    quarter: str,
    as_of: date,
    folder: Path,
    written: Sequence[ExportedPack],
    left_out: Sequence[LeftOut] = (),
) -> Path:
    """Writes the list of a run of all, in the order of the files, with what could not be written; returns its place."""
    listed = [
        ListedFile(w.partner, w.name, f"{w.quarter} v{w.version}", "PACK", w.run, w.path.name, w.sha256)
        for w in written
    ]
    return write_manifest(folder, _manifest(session, LABEL.format(quarter=quarter), as_of, listed, left_out))


def _chosen(session: Session, quarter: str, as_of: date, partners: Sequence[str] | None) -> tuple[DuePack, ...]:
    due = packs_due(session, quarter, as_of)
    if partners is None:
        if not due:
            raise Refused(f"No partner's review of {quarter} is due.", "All of them were held.")
        return due
    known = {p.id: p for p in facts(session, kinds=("partner",)).of("partner")}
    opened = {r.partner: r.id for r in reviews(session) if r.quarter == quarter}
    for partner in partners:
        if partner not in known:
            raise no_partner(session, partner)
    return tuple(DuePack(p, known[p].document_name or known[p].name, opened.get(p)) for p in dict.fromkeys(partners))


def _manifest(
    session: Session, label: str, as_of: date, files: Sequence[ListedFile], left_out: Sequence[LeftOut]
) -> Manifest:
    versions = [p for p in needed_programs(session) if p.effective_from <= as_of] or [needed_programs(session)[0]]
    book = session.execute(select(book_table.c.id)).scalar_one()
    program = versions[-1]
    texts, engine = versions_hash(versions), f"PartnerDesk {__version__}"
    return Manifest(book, label, as_of, program.program, program.version, texts, engine, tuple(files), tuple(left_out))
