"""A review pack leaves the house as PDF, under a safe name.

The book is only read here; that of a held review is written as it was frozen. Every pack goes through the gate
(`reports.release`), which deletes what holds something of another partner.
"""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from partnerdesk.ops import folders
from partnerdesk.ops.gate.whose import Whose
from partnerdesk.ops.joint.review_record import record_of
from partnerdesk.ops.pack import pack_data, pack_for_review
from partnerdesk.ops.pack.fan import said_by
from partnerdesk.ops.pack.laid import LaidPack, PackToPrint, data_of, is_current, laid_out, revision_of
from partnerdesk.ops.pack.naming import named_in
from partnerdesk.queries.facts import fact, facts
from partnerdesk.reports.pack import build
from partnerdesk.reports.pack.data import InternalPack, PackData, Party
from partnerdesk.reports.release import World, release
from partnerdesk.reports.release.outgoing import Outgoing


@dataclass(frozen=True, slots=True)
class ExportedPack:
    """The review pack of one partner and quarter; `pages` are the keys of its pages in order."""

    partner: str
    quarter: str
    path: Path
    pages: tuple[str, ...]
    replaced: bool
    sha256: str = ""
    name: str = ""  # of the partner
    run: str = ""  # that the document itself names
    version: int = 1
    said: str = ""  # the forecast that it shows, as the record keeps it

    @property
    def outgoing(self) -> tuple[Outgoing, ...]:
        """What the file says of itself for the record."""
        kind = "review pack, internal" if self.path.name.startswith("INTERNAL") else "review pack"
        return (Outgoing(kind, self.partner, self.quarter, self.path.name, self.sha256, self.name, said=self.said),)


def pack_to_print(
    session: Session, partner: str, quarter: str, as_of: date, *, review: int | None = None, internal: bool = False
) -> PackToPrint:
    """The pack of a partner and quarter, or of one review of theirs; that of a held one as it was frozen.

    Raises Refused for an unknown partner, quarter or review.
    """
    kept = record_of(session, review) if review is not None else None
    if kept is not None and not internal:
        stranger = named_in(session, kept.pack)
        return PackToPrint(kept.pack, kept.locale, kept.file, kept.sha256, stranger, revision_of(session), as_of)
    if review is None:
        pack = pack_data(session, partner, quarter, as_of, internal=internal)
    else:
        pack = pack_for_review(session, review, as_of, internal=internal)
    if kept is not None and isinstance(pack, InternalPack):
        pack = replace(pack, data=kept.pack)  # our own notes go on, beside the figures as they were
    row = fact(session, "partner", partner)
    others = [p for p in facts(session, kinds=("partner",)).of("partner") if p.id != partner]
    taken = [build.file_name(_named(pack, Party(p.id, p.document_name or p.name))) for p in others]
    digest = kept.sha256 if kept is not None else ""
    named, locale = named_in(session, data_of(pack)), getattr(row, "language", "") or "en_GB"
    name, shown = build.file_name(pack, taken), data_of(pack).outlook
    said = said_by(shown.fan) if shown is not None else ""
    return PackToPrint(pack, locale, name, digest, named, revision_of(session), as_of, said)


def export_pack(
    session: Session,
    partner: str,
    quarter: str,
    as_of: date,
    folder: Path,
    *,
    review: int | None = None,
    internal: bool = False,
    paper: str = "",
    laid: LaidPack | None = None,
) -> ExportedPack:
    """Writes the review pack of a quarter such as 2026Q3 as PDF; the internal variant holds our own notes as well.

    `paper` is A4 or Letter; what its region prints on where it is left out. `laid` is the same pack as a screen laid it
    out, written as it stands if nothing has changed since.

    Raises Refused for an unknown partner or quarter, where no font has a character of the pack, and where the finished
    file holds something of another partner; Damaged where the disk is in the way.
    """
    if laid is None or not is_current(laid, session, partner, quarter, as_of, internal=internal):
        laid = laid_out(pack_to_print(session, partner, quarter, as_of, review=review, internal=internal), paper)
    return written_pack(laid, folders.made(folder), Whose(session, as_of))


def written_pack(laid: LaidPack, folder: Path, whose: Whose, *, settle: bool = True) -> ExportedPack:
    """Writes a pack through the gate. Raises what `export_pack` raises of a document."""
    laid.found.refuse_strangers()
    data, path = data_of(laid.found.pack), folder / laid.found.name
    replaced, world = path.exists(), _world(laid.found.pack, whose)
    digest = release(path, laid.content, world, laid.found.pack, settle=settle)
    told = (data.partner.name, data.run, data.version, laid.found.said)
    return ExportedPack(data.partner.id, data.period.label, path, laid.pages, replaced, digest, *told)


def _world(pack: PackData | InternalPack, whose: Whose) -> World:
    partner = data_of(pack).partner
    return whose.world(partner.id, partner.name, internal=isinstance(pack, InternalPack))


def _named(pack: PackData | InternalPack, other: Party) -> PackData | InternalPack:
    """The same pack under another partner's name, to know what that partner's file is called."""
    if isinstance(pack, InternalPack):
        return replace(pack, data=replace(pack.data, partner=other))
    return replace(pack, partner=other)
