"""What only the user can say, and what was found on the way: questions, located problems, notes.

A question is open until its `key` stands among the choices; an open one keeps the book as it is.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from partnerdesk.engine.problem import Problem


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: the value of the choice, and how it reads."""

    value: str
    says: str


@dataclass(frozen=True, slots=True)
class Question:
    """`key` is the choice that answers it, `because` what raised it, `rows` how many rows it holds up."""

    key: str
    asks: str
    because: str
    options: tuple[Option, ...]
    rows: int = 0


@dataclass(slots=True)
class Findings:
    """What came up while a table was read; rows are indexes of the table."""

    choices: Mapping[str, str]
    problems: dict[int, list[Problem]] = field(default_factory=lambda: defaultdict(list))
    questions: dict[str, Question] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    ignored: dict[int, str] = field(default_factory=dict)

    def reject(self, row: int, place: str, message: str, remedy: str = "") -> None:
        """The row cannot come in as it is."""
        self.problems[row].append(Problem(place, message, remedy))

    def ignore(self, row: int, reason: str) -> None:
        """The row is none that counts, and that is as it should be."""
        self.ignored.setdefault(row, reason)

    def ask(self, key: str, asks: str, because: str, options: tuple[Option, ...], rows: int = 0) -> None:
        """Once for each key; not when it is answered."""
        if key not in self.choices:
            self.questions.setdefault(key, Question(key, asks, because, options, rows))

    def note(self, text: str) -> None:
        if text not in self.notes:
            self.notes.append(text)

    def is_out(self, row: int) -> bool:
        """Whether the row is rejected or ignored."""
        return row in self.problems or row in self.ignored
