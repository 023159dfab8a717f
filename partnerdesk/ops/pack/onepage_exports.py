"""One page about a partner as PDF, through the gate: the brief for us, the digest for a partner without a review."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.ops import folders
from partnerdesk.ops.gate.strangers import refuse_strangers, texts_in
from partnerdesk.ops.gate.whose import Whose
from partnerdesk.ops.pack.gathered import party_of
from partnerdesk.ops.pack.onepage import one_page
from partnerdesk.progress import SILENT, Progress
from partnerdesk.queries.facts import fact, facts
from partnerdesk.queries.unknown import no_partner
from partnerdesk.reports.format import Formats
from partnerdesk.reports.manifest import LeftOut
from partnerdesk.reports.onepage import OnePage, compose, file_name
from partnerdesk.reports.release import release
from partnerdesk.reports.release.outgoing import Outgoing


@dataclass(frozen=True, slots=True)
class WrittenPages:
    """The pages of a run, and those that could not be written."""

    written: tuple["ExportedPage", ...]
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportedPage:
    """The file of a page; `replaced` says that an earlier export of the same name gave way."""

    partner: str
    path: Path
    replaced: bool
    sha256: str
    name: str = ""  # of the partner

    @property
    def outgoing(self) -> tuple[Outgoing, ...]:
        """What the file says of itself for the record."""
        kind = "brief, internal" if self.path.name.startswith("INTERNAL") else "digest"
        return (Outgoing(kind, self.partner, "", self.path.name, self.sha256, self.name),)


def export_brief(session: Session, partner: str, as_of: date, folder: Path, *, paper: str = "") -> ExportedPage:
    """Writes the brief before a call: one page, marked INTERNAL, with our notes.

    Raises Refused for an unknown partner, where no font has a character of it, and where the finished file holds
    something of another partner; Damaged where the disk is in the way.
    """
    return _export(session, partner, as_of, folders.made(folder), Whose(session, as_of), paper, internal=True)


def export_digest(session: Session, partner: str, as_of: date, folder: Path, *, paper: str = "") -> ExportedPage:
    """Writes one digest, which holds nothing internal. Raises what `export_brief` raises."""
    return _export(session, partner, as_of, folders.made(folder), Whose(session, as_of), paper, internal=False)


def export_digests(
    session: Session,
    partners: Sequence[str],
    as_of: date,
    folder: Path,
    *,
    paper: str = "",
    progress: Progress = SILENT,
) -> WrittenPages:
    """Writes the digest of each of the partners; what one is refused for stops no other, and is told beside them.

    Raises Refused where no partner is named, or one that is not in the book, before anything is written; Damaged where
    the disk is in the way.
    """
    if not partners:
        raise Refused("No partner is named.", "Name one, or more.")
    names = {p.id: p.document_name or p.name for p in facts(session, kinds=("partner",)).of("partner")}
    for partner in partners:
        if partner not in names:
            raise no_partner(session, partner)
    chosen, folder, whose = list(dict.fromkeys(partners)), folders.made(folder), Whose(session, as_of)
    written, left_out = list[ExportedPage](), list[LeftOut]()
    for number, partner in enumerate(chosen):
        progress.step(number, len(chosen), names[partner])
        try:
            written.append(_export(session, partner, as_of, folder, whose, paper, internal=False))
        except Refused as refused:
            left_out.append(LeftOut(partner, names[partner], "", refused.sentence, refused.remedy))
    progress.step(len(chosen), len(chosen), "")
    return WrittenPages(tuple(written), tuple(left_out))


def _export(
    session: Session, partner: str, as_of: date, folder: Path, whose: Whose, paper: str, *, internal: bool
) -> ExportedPage:
    found = one_page(session, partner, as_of, internal=internal)
    if not internal:
        written = (found.ours, found.theirs, found.deals, found.renewals, found.people)
        refuse_strangers(session, partner, found.partner.name, texts_in(written), "The digest")
    row = fact(session, "partner", partner)
    composed = compose(found, Formats(getattr(row, "language", "") or "en_GB"), paper=paper)
    path = folder / file_name(found, _others(session, found))
    replaced = path.exists()
    digest = release(path, composed.content, whose.world(partner, found.partner.name, internal=internal), found)
    return ExportedPage(partner, path, replaced, digest, found.partner.name)


def _others(session: Session, page: OnePage) -> list[str]:
    """What the pages of other partners are called."""
    others = (p for p in facts(session, kinds=("partner",)).of("partner") if p.id != page.partner.id)
    return [file_name(replace(page, partner=party_of(p))) for p in others]
