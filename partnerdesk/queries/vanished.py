"""Rows that are gone from their source: the questions that wait, the answers, and whose statements wait for one."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.models.facts import TABLES
from partnerdesk.models.vanished import WAITING, vanished_row


@dataclass(frozen=True, slots=True)
class VanishedRow:
    """One row that is gone from its source. `missing` is what it is missing from, `source` where it was read; `answer`
    is keep, accept or "" while it waits; `partners` are those whose statements wait, the row's own first."""

    id: int
    kind: str
    fact: str
    says: str
    partners: tuple[str, ...]
    partner_name: str
    source: str
    missing: str
    at: str  # UTC
    by: str
    answer: str
    evidence: str
    answered_at: str
    answered_by: str

    @property
    def waits(self) -> bool:
        return self.answer == WAITING


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many rows of a partner wait for an answer, and what the first of them is missing from."""

    count: int
    missing: str

    @property
    def why(self) -> str:
        """Why a statement of the partner is not closed."""
        rows = "1 row is" if self.count == 1 else f"{self.count} rows are"
        it = "it" if self.count == 1 else "them"
        return f"{rows} gone from {self.missing}; keep or accept {it} under Data, Gone rows"


def vanished_rows(session: Session, *, waiting: bool = False) -> tuple[VanishedRow, ...]:
    """All of them, those that wait first and then the newest; with `waiting` only those."""
    row = vanished_row.c
    columns = [c for c in row if c.name not in ("system", "key", "stays_out")]
    query = select(*columns).order_by(row.answer != WAITING, row.id.desc())
    partner = TABLES["partner"].c
    names = dict(session.execute(select(partner.id, partner.name)).all())
    found = []
    for one in session.execute(query.where(row.answer == WAITING) if waiting else query).mappings():
        partners = tuple(json.loads(one["partners"]))
        name = names.get(partners[0], partners[0]) if partners else ""
        found.append(VanishedRow(**{**one, "partners": partners}, partner_name=name))
    return tuple(found)


def waiting(session: Session) -> Mapping[str, Waiting]:
    """By partner what its statements wait for."""
    row = vanished_row.c
    query = select(row.partners, row.missing).where(row.answer == WAITING).order_by(row.id)
    counts: Counter[str] = Counter()
    first: dict[str, str] = {}
    for partners, missing in session.execute(query):
        for partner in json.loads(partners):
            counts[partner] += 1
            first.setdefault(partner, missing)
    return {partner: Waiting(count, first[partner]) for partner, count in counts.items()}
