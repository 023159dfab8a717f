"""What a document that left says of itself for the record: what it is, whose, of which period, its file and digest."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Issue:
    """The workbook of a closed statement as it left: its cells as compressed canonical JSON, and their SHA-256."""

    statement: int
    revision: int
    sha256: str
    cells: bytes


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A file for a partner, or about one for us; `name` is the partner's, `about` its period or number.

    `recipients` are those of a mail, `total` the closing balance of a statement, in `currency`; `said` is a forecast
    that it shows, in the words of the record of forecasts; `issue` the closed statement's workbook that it is or holds.
    """

    kind: str
    partner: str
    about: str
    file: str
    sha256: str
    name: str = ""
    recipients: str = ""
    total: Decimal | None = None
    currency: str = ""
    said: str = ""
    issue: Issue | None = None


def outgoing(made: object) -> tuple[Outgoing, ...]:
    """What left with the result of an export: of one file, of several, or of a run; nothing where none was one."""
    return tuple(_found(made))


def _found(made: object) -> Iterator[Outgoing]:
    if isinstance(made, Outgoing):
        yield made
    elif isinstance(made, tuple | list):
        for one in made:
            yield from _found(one)
    else:
        yield from getattr(made, "outgoing", ())


def digest_of(path: Path) -> str:
    """The SHA-256 of a file that was written a moment ago."""
    return sha256(path.read_bytes()).hexdigest()
