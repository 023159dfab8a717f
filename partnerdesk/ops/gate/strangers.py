"""Whom the free texts of a partner's own rows name: what somebody typed may name another partner or its customer.

The gate takes a partner's own texts for its own. So the names in them are looked at first, against what the book's
facts say of this partner alone: a name that merely stands in a text, or as a key account of a plan, is not its own.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Partner
from partnerdesk.errors import Refused
from partnerdesk.models.facts import TABLES
from partnerdesk.ops.gate.foreign_sums import ForeignSums
from partnerdesk.ops.gate.owned_words import names_of_partners
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import programs
from partnerdesk.reports.release import Terms
from partnerdesk.reports.release.terms import is_explained, letters_of


class Strangers:
    """The names that a partner's documents do not hold: other partners, and customers that it has no business with."""

    def __init__(self, session: Session, partner: str) -> None:
        own = set(_own_names(session, partner))
        everyone = (*names_of_partners(session), *session.scalars(select(TABLES["customer"].c.name)))
        self._terms = Terms(name for name in everyone if name and name not in own)
        self._own = frozenset(map(letters_of, own)) - {""}
        self._sums = ForeignSums(session, partner)

    def named_in(self, text: str) -> str:
        """The first of them that a text names, else an amount of another partner, as written there; or nothing."""
        for hit in self._terms.find(text):
            if letters_of(hit.term) not in self._own and not is_explained(text, hit, self._known):
                return text[hit.start : hit.end]
        return self._sums.named_in(text)

    def _known(self, letters: str) -> Iterator[str]:
        """The partner's own names that hold these letters: "Acme" in "Acme Services" names nobody else."""
        return (name for name in self._own if letters in name)


def refuse_strangers(session: Session, partner: str, name: str, texts: Iterable[str], what: str) -> None:
    """Raises Refused where one of the texts names another partner, or a customer that is none of this one's.

    `name` is the partner's, `what` the document that is not made.
    """
    strangers = Strangers(session, partner)
    for text in texts:
        if named := strangers.named_in(text):
            raise Refused(
                f"{what} for {name} was not made: a text {naming(named)}.",
                f"Reword it first: {text}",
            )


def naming(named: str) -> str:
    """What a text does that is no document's: it names somebody, or holds an amount of theirs."""
    is_amount = not any(map(str.isalpha, named))
    return f"holds {named}, an amount of another partner" if is_amount else f"names {named}, who is somebody else's"


def texts_in(value: Any) -> Iterator[str]:
    """Every text of rows of a document, and of what they hold."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts_in(getattr(value, field.name))
    elif isinstance(value, tuple | list | Mapping):
        for part in value.values() if isinstance(value, Mapping) else value:
            yield from texts_in(part)


def _own_names(session: Session, partner: str) -> Iterator[str]:
    """What this partner and the customers, products and people of its facts are called, and the tiers of programs.

    The identifiers of its rows are its own as well: one may hold another partner's.
    """
    for _, row in facts(session, partner):
        yield from (row.id, getattr(row, "name", ""))
        if isinstance(row, Partner):
            yield from (row.legal_name, row.document_name, row.tax_id)
    for program in programs(session):
        yield from (tier.name for tier in program.tier)
