"""A review pack between its figures and its file: as it is to be printed, and as it was laid out for the screen.

Laying out takes a second, and a screen has done it already when somebody exports what it shows.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.models.book import op
from partnerdesk.ops.pack.naming import Named
from partnerdesk.reports.format import Formats
from partnerdesk.reports.pack import build
from partnerdesk.reports.pack.data import InternalPack, PackData


@dataclass(frozen=True, slots=True)
class PackToPrint:
    """A pack with the locale it is written in and the name of its file: what the screen shows is what is exported."""

    pack: PackData | InternalPack
    locale: str
    name: str
    frozen: str = ""  # the digest of its figures, where the review was held
    strangers: tuple[Named, ...] = ()  # texts that name somebody else: what the partner may not have
    revision: int = 0  # the last step of the book that it was read from
    as_of: date = date.min
    said: str = ""  # the forecast that it shows, as the record keeps it

    def refuse_strangers(self) -> None:
        """Raises Refused where the partner's own variant names somebody else."""
        if self.strangers and not isinstance(self.pack, InternalPack):
            first = self.strangers[0]
            sentence = f"The pack for {self.pack.partner.name} was not made: {first.sentence}."
            raise Refused(sentence, f"Reword it first: {first.text}")


@dataclass(frozen=True, slots=True)
class LaidPack:
    """A pack that was laid out for the screen: its file as it is while the book and the day stand as they were."""

    found: PackToPrint
    content: bytes
    pages: tuple[str, ...]


def laid_out(found: PackToPrint, paper: str = "") -> LaidPack:
    """Lays a pack out. Raises Refused where no font has a character, and where it may not leave the house."""
    found.refuse_strangers()
    composed = build.compose(found.pack, Formats(found.locale), paper=paper)
    return LaidPack(found, composed.content, composed.pages)


def is_current(laid: LaidPack, session: Session, partner: str, quarter: str, as_of: date, *, internal: bool) -> bool:
    """Whether a pack would be laid out the same now: the one that is asked for, of the same book and day."""
    data, found = data_of(laid.found.pack), laid.found
    asked = (data.partner.id, data.period.label, isinstance(found.pack, InternalPack), found.as_of)
    return asked == (partner, quarter, internal, as_of) and found.revision == revision_of(session)


def revision_of(session: Session) -> int:
    """The book's last step, as this session sees it."""
    return int(session.execute(select(func.coalesce(func.max(op.c.id), 0))).scalar_one())


def data_of(pack: PackData | InternalPack) -> PackData:
    """The pack's own data, without what is for us alone."""
    return pack.data if isinstance(pack, InternalPack) else pack
