"""What is wrong in one way with many rows is told once, at the first of them, with how many more there are."""

from collections.abc import Hashable
from dataclasses import dataclass, replace

from partnerdesk.engine.problem import Problem


@dataclass
class _Others:
    """Where the problem of the first row stands in the list, how many rows are like it, and the last of them."""

    at: int
    count: int = 0
    last: str = ""


class Alike:
    """Problems of rows on their way into a list; `close` says how many more rows each of them stands for."""

    def __init__(self, problems: list[Problem]) -> None:
        self._problems = problems
        self._found: dict[Hashable, _Others] = {}

    def tell(self, what: Hashable, row: str, problem: Problem) -> None:
        """A problem of a row, which is named in short (`line 7`); those with an equal `what` are alike."""
        others = self._found.get(what)
        if others is None:
            self._found[what] = _Others(len(self._problems))
            self._problems.append(problem)
        else:
            others.count, others.last = others.count + 1, row

    def close(self) -> None:
        """No row is left."""
        for others in self._found.values():
            if others.count:
                first = self._problems[others.at]
                more = f"{others.count} more rows, the last at" if others.count > 1 else "one more row,"
                message = f"{first.message} The same is wrong with {more} {others.last}."
                self._problems[others.at] = replace(first, message=message)
        self._found.clear()
