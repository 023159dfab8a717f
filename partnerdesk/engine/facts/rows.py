"""All rows of a book, or of one partner's world, by kind."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from partnerdesk.engine.facts.declaring import Fact


@dataclass(frozen=True)
class Facts:
    """All facts of a book (or of one partner's world), one tuple per kind; kinds may be absent."""

    rows: Mapping[str, tuple[Any, ...]]

    def of(self, kind: str) -> tuple[Any, ...]:
        return self.rows.get(kind, ())

    def __iter__(self) -> Iterator[tuple[str, Fact]]:
        for kind, rows in self.rows.items():
            for row in rows:
                yield kind, row
