"""A partner's facts in chunks of a month, each with the hash of its canonical text: what a statement rests on.

They are all that the partner's figures can depend on, with where each row was read, so that a closed statement can be
computed again from them alone (`replaying`). Rows of any month belong to it: a go-live after the period's end
tells when what is held is due.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from operator import is_
from typing import Any, NamedTuple

from partnerdesk.engine.facts import Fact, Facts
from partnerdesk.engine.outcome.record import canonical, digest, fact_record, text_of
from partnerdesk.engine.rules import Program
from partnerdesk.engine.world.days import happened
from partnerdesk.ops.statements.beside import Beside

# Kinds without a `day` of their own whose usual day places them in a month; what has no day goes into every statement.
_DATED = ("deal", "contract", "deployment", "certification", "case", "target")
BESIDE = "beside"  # in the place of a month: what is not the partner's own


def month_of(kind: str, row: Any) -> str:
    """The month of a row such as 2026-09; nothing for a kind that has no day."""
    day = happened(kind, row) if hasattr(row, "day") or kind in _DATED else None
    return "" if day is None else f"{day:%Y-%m}"


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
    are compared by identity. With `groups` a partner's figures rest on all of its group, not only on those below it.
    """

    def __init__(self, everything: Facts, before: "Chunks | None" = None, *, groups: bool = False) -> None:
        self._groups, self._above = groups, {row.id: row.parent for row in everything.of("partner")}
        self._months: dict[str, dict[str, dict[str, list[Fact]]]] = defaultdict(
            lambda: defaultdict(lambda: defaultdict(list))
        )
        self._deals = {d.id: d.partner for d in everything.of("deal")}
        self._deployments = {d.id: d.partner for d in everything.of("deployment")}
        self._shared: dict[str, list[Fact]] = {"exchange_rate": [*everything.of("exchange_rate")]}
        for kind, row in everything:
            if owner := self._owner_of(kind, row):
                self._months[owner][month_of(kind, row)][kind].append(row)
        self._below: dict[str, list[str]] = defaultdict(list)
        for partner in everything.of("partner"):
            self._below[partner.parent or ""].append(partner.id)
        self._everything = everything
        self._made: dict[tuple[str, str], _Made] = before._made if before else {}
        self._found: dict[str, dict[str, bytes]] = {}

    def _owner_of(self, kind: str, row: Any) -> str | None:
        """The partner a row belongs to, itself or through its deal or deployment."""
        if kind == "partner":
            return str(row.id)
        own: str | None = getattr(row, "partner", None)
        through = self._deals.get(getattr(row, "deal", None) or "")
        return own or through or self._deployments.get(getattr(row, "deployment", None) or "")

    @cached_property
    def _beside(self) -> Beside:
        return Beside(self._everything, self._owner_of)

    def of(self, partner: str) -> Mapping[str, bytes]:
        """The chunks that a partner's figures rest on, by hash: its own, and of those below it."""
        found: dict[str, bytes] = {}
        for one in self._from(partner):
            found |= self._own(one)
        if self._shared["exchange_rate"]:
            hash, body = self._chunk("", "", self._shared)
            found[hash] = body
        return found

    def rows(self, partner: str) -> Facts:
        """The rows of all these chunks."""
        found: dict[str, dict[str, Fact]] = {kind: {row.id: row for row in rows} for kind, rows in self._shared.items()}
        for one in self._from(partner):
            for _, kinds in self._months_of(one):
                for kind, rows in kinds.items():
                    found.setdefault(kind, {}).update((row.id, row) for row in rows)
        return Facts({kind: tuple(own.values()) for kind, own in found.items()})

    def _from(self, partner: str) -> Iterator[str]:
        """A partner and those below it, or those of its group, each once."""
        waiting, seen = [self._top(partner) if self._groups else partner], {""}
        while waiting:
            one = waiting.pop()
            if one not in seen:
                seen.add(one)
                yield one
                waiting += self._below.get(one, ())

    def _top(self, partner: str) -> str:
        seen = set[str]()
        while partner not in seen and (above := self._above.get(partner)) in self._above:
            seen.add(partner)
            partner = above or partner
        return partner

    def _own(self, partner: str) -> dict[str, bytes]:
        if partner not in self._found:
            self._found[partner] = dict(self._chunk(partner, *month) for month in self._months_of(partner))
        return self._found[partner]

    def _months_of(self, partner: str) -> list[tuple[str, Mapping[str, list[Fact]]]]:
        """A partner's rows by month, and what is beside them."""
        months = self._months[partner]
        own = ((kind, row) for kinds in months.values() for kind in kinds for row in kinds[kind])
        beside = self._beside.of(partner, own)
        return [*months.items(), *([(BESIDE, beside)] if beside else [])]

    def _chunk(self, partner: str, month: str, kinds: Mapping[str, list[Fact]]) -> tuple[str, bytes]:
        made = self._made.get((partner, month))
        if made is None or not made.is_of(kinds):
            facts = {kind: [fact_record(row) for row in rows] for kind, rows in kinds.items()}
            body = text_of({"partner": partner, "month": month, "facts": facts})
            made = self._made[partner, month] = _Made(kinds, digest(body), body)
        return made.hash, made.body


def versions_chunk(programs: Sequence[Program]) -> tuple[str, bytes]:
    """The versions of the program that stood in the book, oldest first, as one more chunk."""
    body = canonical({"programs": [p.sha256 for p in programs]})
    return digest(body), body


def facts_hash(chunks: Mapping[str, bytes]) -> str:
    """One hash over the chunks that a statement rests on."""
    return digest("\n".join(sorted(chunks)).encode())
