"""A run of packs to look at afterwards: who has one with its digest, who has none and why, and their mail drafts.

What one partner's pack is refused for stops nobody else's, and stands in the run's list.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.ops import folders
from partnerdesk.ops.gate.whose import Whose
from partnerdesk.ops.mail.drafting import MailDraft, draft_of_pack
from partnerdesk.ops.pack.exports import ExportedPack, pack_to_print, written_pack
from partnerdesk.ops.pack.laid import laid_out
from partnerdesk.ops.pack.many import DuePack, forget_list, packs_due, write_list
from partnerdesk.ops.stopping import goes_on
from partnerdesk.progress import SILENT, Progress
from partnerdesk.reports.atomic import settle
from partnerdesk.reports.manifest import LeftOut, not_reached
from partnerdesk.reports.release.outgoing import Outgoing, outgoing


@dataclass(frozen=True, slots=True)
class RunPack:
    """One partner of a run: its pack or why it has none, and where a mail draft was asked for, the same of it."""

    partner: str
    name: str
    pack: ExportedPack | None = None
    left_out: LeftOut | None = None
    mail: Path | None = None
    no_mail: str = ""
    draft: MailDraft | None = None  # the same mail, with whom it is for

    @property
    def refused(self) -> str:
        """Why it has no pack, and what helps."""
        return str(self.left_out.refused) if self.left_out is not None else ""


@dataclass(frozen=True, slots=True)
class PackRun:
    """What a run left behind; `listed` is the list of all digests, and of who has no pack. `stopped` counts the last of
    its partners, which a run that was cancelled did not reach.
    """

    quarter: str
    folder: Path
    packs: tuple[RunPack, ...]
    listed: Path
    stopped: int = 0

    @property
    def outgoing(self) -> tuple[Outgoing, ...]:
        """What its files say of themselves for the record."""
        return outgoing([made for one in self.packs for made in (one.pack, one.draft)])


def run_packs(
    session: Session,
    quarter: str,
    as_of: date,
    folder: Path,
    *,
    only_begun: bool = False,
    mails: bool = False,
    progress: Progress = SILENT,
) -> PackRun:
    """Writes the packs of all partners that are due, or of those of them whose review was begun.

    Mail drafts go into the folder's `mail`. Raises Refused for an unknown quarter and where nobody is due; Damaged
    where the disk is in the way. Files that were finished before stay; one that is cancelled ends between two partners.
    """
    due = [one for one in packs_due(session, quarter, as_of) if one.review is not None or not only_begun]
    if not due:
        raise Refused(f"No partner's review of {quarter} is due.", "Choose another period.")
    folders.made(folder)
    forget_list(folder, quarter)
    whose, found = Whose(session, as_of), list[RunPack]()
    for number, one in enumerate(due):
        if not goes_on(progress, number, len(due), one.name):
            break
        found.append(_run_pack(session, one, (quarter, as_of), folder, whose, mails=mails))
    rest = due[len(found) :]
    if not rest:
        goes_on(progress, len(due), len(due))
    found += [RunPack(one.partner, one.name, left_out=not_reached(one.partner, one.name)) for one in rest]
    settle(folder)
    listed = _listed(session, quarter, as_of, folder, found)
    return PackRun(quarter, folder, tuple(found), listed, len(rest))


def _run_pack(
    session: Session, due: DuePack, when: tuple[str, date], folder: Path, whose: Whose, *, mails: bool
) -> RunPack:
    """One pack, and its mail draft with the same bytes."""
    try:
        laid = laid_out(pack_to_print(session, due.partner, *when, review=due.review))
        pack = written_pack(laid, folder, whose, settle=False)
    except Refused as refused:
        left_out = LeftOut(due.partner, due.name, "", refused.sentence, refused.remedy)
        return RunPack(due.partner, due.name, left_out=left_out)
    if not mails:
        return RunPack(due.partner, due.name, pack)
    try:
        draft = draft_of_pack(session, laid, folder / "mail", whose)
    except Refused as refused:
        return RunPack(due.partner, due.name, pack, no_mail=str(refused))
    return RunPack(due.partner, due.name, pack, mail=draft.path, draft=draft)


def _listed(session: Session, quarter: str, as_of: date, folder: Path, found: Sequence[RunPack]) -> Path:
    written = [one.pack for one in found if one.pack is not None]
    left_out = [one.left_out for one in found if one.left_out is not None]
    return write_list(session, quarter, as_of, folder, written, left_out)
