"""A finished file taken apart: every string, every number, and what a document of ours never holds.

A reader sees a small part of a file. Names also stand in comments, hidden sheets, number formats, properties, link
targets and attachments, so everything that is stored is looked at, whether or not something shows it.
"""

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(slots=True)
class Contents:
    """What a file holds, each once with the place where it stands first."""

    texts: dict[str, str] = field(default_factory=dict)
    pages: list[tuple[str, str]] = field(default_factory=list)  # whole pages, in the order in which they were drawn
    inner: dict[str, str] = field(default_factory=dict)  # formulas and streams: only long terms mean something
    numbers: dict[str, str] = field(default_factory=dict)  # as they are written
    strangers: list[str] = field(default_factory=list)  # parts that no document of ours has

    def add(self, other: "Contents") -> None:
        """Takes in what a part of the file holds."""
        for mine, more in ((self.texts, other.texts), (self.inner, other.inner), (self.numbers, other.numbers)):
            for text, place in more.items():
                mine.setdefault(text, place)
        self.pages += other.pages
        self.strangers += other.strangers


def is_number(text: str) -> bool:
    """Whether a plain text is a number, such as -12.50."""
    digits = text.removeprefix("-").replace(".", "", 1)
    return digits.isascii() and digits.isdecimal() and text[-1] != "."


def number_of(text: str) -> Decimal | None:
    """The number that a plain text is; None for any other text."""
    return Decimal(text) if is_number(text) else None
