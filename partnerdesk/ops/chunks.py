"""A partner's facts in chunks of a month, each with the hash of its canonical text: what a statement rests on."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from partnerdesk.engine.days import happened
from partnerdesk.engine.facts import Facts
from partnerdesk.engine.record import canonical, digest, fact_record

# Kinds without a `day` of their own whose usual day places them in a month; what has no day goes into every statement.
_DATED = ("deal", "contract", "deployment", "certification", "case", "target")


class Chunks:
    """Facts of one partner in chunks of a month, each with the hash of its canonical text."""

    def __init__(self, everything: Facts) -> None:
        self._months: dict[str, dict[str, dict[str, list[Any]]]] = defaultdict(
            lambda: defaultdict(lambda: defaultdict(list))
        )
        self._deals = {d.id: d.partner for d in everything.of("deal")}
        self._shared: dict[str, list[Any]] = defaultdict(list)
        for kind, row in everything:
            owner = row.id if kind == "partner" else getattr(row, "partner", None) or self._owner(row)
            if owner is None:
                if kind == "exchange_rate":
                    self._shared[kind].append(fact_record(row))
                continue
            day = happened(kind, row) if hasattr(row, "day") or kind in _DATED else None
            self._months[owner]["" if day is None else f"{day:%Y-%m}"][kind].append(fact_record(row))
        self._made: dict[tuple[str, str], tuple[str, bytes]] = {}

    def _owner(self, row: Any) -> str | None:
        return self._deals.get(getattr(row, "deal", None) or "")

    def of(self, partner: str, until: date) -> dict[str, bytes]:
        """The chunks of a partner up to the month of a day, by hash."""
        last, found = f"{until:%Y-%m}", {}
        for month, kinds in self._months[partner].items():
            if month <= last:
                hash, body = self._chunk(partner, month, kinds)
                found[hash] = body
        if self._shared:
            hash, body = self._chunk("", "", self._shared)
            found[hash] = body
        return found

    def _chunk(self, partner: str, month: str, kinds: Mapping[str, list[Any]]) -> tuple[str, bytes]:
        key = (partner, month)
        if key not in self._made:
            body = canonical({"partner": partner, "month": month, "facts": kinds})
            self._made[key] = (digest(body), body)
        return self._made[key]


def facts_hash(chunks: Mapping[str, bytes]) -> str:
    """One hash over the chunks that a statement rests on."""
    return digest("\n".join(sorted(chunks)).encode())
