"""What a guide is made from."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from partnerdesk.engine.rules import Program


@dataclass(frozen=True, slots=True)
class WorkedRow:
    """One figure of a worked case: its name in words, how it was computed, and what the engine gives."""

    name: str
    calculation: str
    value: Decimal | str | date | None
    unit: str = ""  # a currency code, "%", "points" or a noun


@dataclass(frozen=True, slots=True)
class Worked:
    """A case that stands in the program's text, computed; `covers` are the keys of the rules that it works out."""

    says: str
    source: str
    as_of: date
    covers: tuple[str, ...]
    rows: tuple[WorkedRow, ...]


@dataclass(frozen=True, slots=True)
class GuideData:
    """A version, the versions before it from old to new, and its cases."""

    program: Program
    earlier: tuple[Program, ...] = ()
    worked: tuple[Worked, ...] = ()

    @property
    def name(self) -> str:
        """The program's name for people."""
        return self.program.name or self.program.program

    def covering(self, key: str) -> tuple[Worked, ...]:
        """The cases that work out a rule."""
        return tuple(worked for worked in self.worked if key in worked.covers)
