"""A plan leaves the house as pages, through the gate."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.ops import folders
from partnerdesk.ops.gate.strangers import refuse_strangers, texts_in
from partnerdesk.ops.gate.whose import Whose
from partnerdesk.ops.plan.gathered import Gathered, gathered
from partnerdesk.queries.facts import facts
from partnerdesk.queries.joint.plans import plan_at
from partnerdesk.reports.format import Formats
from partnerdesk.reports.pack.data import Party
from partnerdesk.reports.page.landscape import SHEETS, Sheet, sheet_of
from partnerdesk.reports.plan import compose, file_name
from partnerdesk.reports.release import release
from partnerdesk.reports.release.outgoing import Outgoing, digest_of


@dataclass(frozen=True, slots=True)
class ExportedPlan:
    """The file of a plan; `replaced` says that an earlier export of the same name gave way."""

    partner: str
    number: str
    version: int
    path: Path
    pages: int
    replaced: bool
    name: str = ""  # of the partner

    @property
    def outgoing(self) -> tuple[Outgoing, ...]:
        """What the file says of itself for the record."""
        about = f"{self.number} v{self.version}"
        return (Outgoing("joint plan", self.partner, about, self.path.name, digest_of(self.path), self.name),)


def plan_named(session: Session, partner: str, as_of: date) -> int:
    """The plan of a partner's day, else its newest one. Raises Refused where there is none."""
    row = plan_at(session, partner, as_of)
    if row is None:
        raise Refused(f"{partner} has no joint plan.", "Start one on the partner's Plan.")
    return row.id


def export_plan(session: Session, plan: int, as_of: date, folder: Path, *, paper: str = "") -> ExportedPlan:
    """Writes a plan as PDF for its partner, on the paper of its country unless `paper` says a4 or letter.

    Raises Refused for an unknown plan, where no font has a character of it, and where the finished file holds something
    of another partner; Damaged where the disk is in the way.
    """
    found = gathered(session, plan, as_of)
    refuse_strangers(session, found.partner.id, found.document.partner.name, texts_in(found.document), "The plan")
    composed = compose(found.document, formats_of(found), paper_of(found, paper))
    path = folders.made(folder) / named(session, found, ".pdf")
    replaced = path.exists()
    world = Whose(session, as_of).world(found.partner.id, found.document.partner.name)
    release(path, composed.content, world, found.document)
    row = found.view.plan
    return ExportedPlan(
        row.partner, found.document.number, row.version, path, composed.pages, replaced, found.document.partner.name
    )


def formats_of(found: Gathered) -> Formats:
    """Numbers as the partner writes them."""
    return Formats(found.partner.language or "en_GB")


def paper_of(found: Gathered, paper: str) -> Sheet:
    """The paper that was asked for, else that of the partner's country."""
    if paper and paper not in SHEETS:
        raise Refused(f"“{paper}” is no paper that a plan is printed on.", f"Choose {' or '.join(SHEETS)}.")
    return SHEETS[paper] if paper else sheet_of(found.partner.country)


def named(session: Session, found: Gathered, ending: str) -> str:
    """The name of a plan's file, which no other partner's file has."""

    def others() -> Iterator[str]:
        for other in facts(session, kinds=("partner",)).of("partner"):
            if other.id != found.partner.id:
                party = Party(other.id, other.document_name or other.name)
                yield file_name(replace(found.document, partner=party), ending)

    return file_name(found.document, ending, tuple(others()))
