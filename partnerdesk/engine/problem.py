"""Bad user data is a list of located problems, shown all at once, never an exception."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where, and what to do.

    `place` names the file, sheet, line, column or key as a user would look for it. A problem with
    `warning` set lets the work go on; any other stops it.
    """

    place: str
    message: str
    remedy: str = ""
    warning: bool = False

    def __str__(self) -> str:
        sentence = f"{self.place}: {self.message}" if self.place else self.message
        return f"{sentence} {self.remedy}".strip()


def errors(problems: "list[Problem] | tuple[Problem, ...]") -> list[Problem]:
    """The problems that stop the work."""
    return [p for p in problems if not p.warning]
