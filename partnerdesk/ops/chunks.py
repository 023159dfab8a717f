"""A partner's facts in chunks of a month, each with the hash of its canonical text: what a statement rests on."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from operator import is_
from typing import Any, NamedTuple

from partnerdesk.engine.days import happened
from partnerdesk.engine.facts import Fact, Facts
from partnerdesk.engine.record import canonical, digest, fact_record

# Kinds without a `day` of their own whose usual day places them in a month; what has no day goes into every statement.
_DATED = ("deal", "contract", "deployment", "certification", "case", "target")


class _Made(NamedTuple):
    """A chunk with the rows that it was made of."""

    kinds: Mapping[str, list[Fact]]
    hash: str
    body: bytes

    def is_of(self, kinds: Mapping[str, list[Fact]]) -> bool:
        """Whether it was made of these very rows."""
        same = self.kinds.keys() == kinds.keys()
        return same and all(
            len(rows) == len(self.kinds[kind]) and all(map(is_, rows, self.kinds[kind])) for kind, rows in kinds.items()
        )


class Chunks:
    """Facts of one partner in chunks of a month, each with the hash of its canonical text.

    With the chunks of `before`, another day of the same book, what did not change since is not written again: rows
    are compared by identity.
    """

    def __init__(self, everything: Facts, before: "Chunks | None" = None) -> None:
        self._months: dict[str, dict[str, dict[str, list[Fact]]]] = defaultdict(
            lambda: defaultdict(lambda: defaultdict(list))
        )
        self._deals = {d.id: d.partner for d in everything.of("deal")}
        self._shared: dict[str, list[Fact]] = defaultdict(list)
        for kind, row in everything:
            owner = row.id if kind == "partner" else getattr(row, "partner", None) or self._owner(row)
            if owner is None:
                if kind == "exchange_rate":
                    self._shared[kind].append(row)
                continue
            day = happened(kind, row) if hasattr(row, "day") or kind in _DATED else None
            self._months[owner]["" if day is None else f"{day:%Y-%m}"][kind].append(row)
        self._made: dict[tuple[str, str], _Made] = before._made if before else {}
        self._found: dict[tuple[str, str], dict[str, bytes]] = {}

    def _owner(self, row: Any) -> str | None:
        return self._deals.get(getattr(row, "deal", None) or "")

    def of(self, partner: str, until: date) -> Mapping[str, bytes]:
        """The chunks of a partner up to the month of a day, by hash."""
        key = partner, f"{until:%Y-%m}"
        if key not in self._found:
            self._found[key] = self._up_to(*key)
        return self._found[key]

    def _up_to(self, partner: str, last: str) -> dict[str, bytes]:
        chosen = [(partner, month, kinds) for month, kinds in self._months[partner].items() if month <= last]
        if self._shared:
            chosen.append(("", "", self._shared))
        return dict(self._chunk(*key) for key in chosen)

    def _chunk(self, partner: str, month: str, kinds: Mapping[str, list[Fact]]) -> tuple[str, bytes]:
        made = self._made.get((partner, month))
        if made is None or not made.is_of(kinds):
            facts = {kind: [fact_record(row) for row in rows] for kind, rows in kinds.items()}
            body = canonical({"partner": partner, "month": month, "facts": facts})
            made = self._made[partner, month] = _Made(kinds, digest(body), body)
        return made.hash, made.body


def facts_hash(chunks: Mapping[str, bytes]) -> str:
    """One hash over the chunks that a statement rests on."""
    return digest("\n".join(sorted(chunks)).encode())
