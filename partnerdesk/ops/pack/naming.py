"""Whom the words of a pack name that somebody wrote: another partner in a title is found before the pack leaves."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk.ops.gate.strangers import Strangers, naming, texts_in
from partnerdesk.reports.pack.data import PackData


@dataclass(frozen=True, slots=True)
class Named:
    """A text that names somebody else's `name`; `place` is the page or the list of the review that it stands in."""

    place: str
    text: str
    name: str

    @property
    def sentence(self) -> str:
        text = " ".join(self.text.split())
        return f"“{text if len(text) <= 60 else text[:59].rstrip() + '…'}” {naming(self.name)}"


def named_in(session: Session, pack: PackData) -> tuple[Named, ...]:
    """Every text of the pack that names another partner, or a customer that is none of this one's."""
    strangers = Strangers(session, pack.partner.id)
    found = ((place, text, strangers.named_in(text)) for place, value in _written(pack) for text in texts_in(value))
    return tuple(dict.fromkeys(Named(place, text, name) for place, text, name in found if name))


def _written(pack: PackData) -> Iterator[tuple[str, Any]]:
    """What people wrote, by where it stands."""
    yield from pack.texts.items()
    yield "list.people", pack.meeting
    yield "list.win", pack.wins
    yield "list.ask", pack.asks
    yield "list.agenda", pack.agenda
    yield "commitments", pack.commitments
    yield "earnings", tuple(s.remittance for s in pack.earnings.statements) if pack.earnings else ()
    yield "renewals", pack.renewals
    yield "pipeline", pack.pipeline.deals if pack.pipeline else ()
    yield "list.commitment", pack.next.commitments
    yield "list.decision", pack.next.decisions
    yield "list.issue", pack.next.issues
    yield "next", (pack.next.signs_partner, pack.next.signs_vendor)
    yield "appendix", (pack.appendix.quotes, pack.appendix.deals)
