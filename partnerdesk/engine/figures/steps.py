"""The steps of a figure, each once: calculations are graphs, and written out as trees some would never end.

Where each line rests on what all before it paid, every one of them doubles the tree.
"""

from collections.abc import Iterator
from typing import Any

from partnerdesk.engine.figures.figure import Figure


def steps_of(figure: Figure) -> Iterator[Figure]:
    """A figure and all its steps, each once, after those that it is made of, in the order of the formula."""
    seen, waiting = set[int](), [(figure, False)]
    while waiting:
        step, is_done = waiting.pop()
        if is_done:
            yield step
        elif id(step) not in seen:
            seen.add(id(step))
            waiting.append((step, True))
            waiting += [(part, False) for part in reversed(step.parts)]


def leaves_of(figure: Figure) -> Iterator[Figure]:
    """The steps without parts, each once, in the order of the formula."""
    return (step for step in steps_of(figure) if not step.parts)


def written_out(figure: Figure) -> int:
    """How many steps there are in a figure as a tree, where one that several rest on stands in each of them."""
    sizes: dict[int, int] = {}
    for step in steps_of(figure):
        sizes[id(step)] = 1 + sum(sizes[id(part)] for part in step.parts)
    return sizes[id(figure)]


class Alike:
    """Numbers for the steps of a figure; two that say the same have the same one."""

    def __init__(self, figure: Figure) -> None:
        self.figure = figure  # as long as it stays, no other step has the id of one of its own
        self._numbers, self._said = dict[int, int](), dict[Any, int]()
        for step in steps_of(figure):
            self._numbers[id(step)] = self._number(step)

    def __getitem__(self, step: Figure) -> int:
        """The number of a step, also of one that was made anew of the same parts."""
        found = self._numbers.get(id(step))
        return self._number(step) if found is None else found

    def _number(self, step: Figure) -> int:
        parts = tuple(self[part] for part in step.parts)
        said = (step.value, step.unit, step.label, step.op, step.origin, step.why, step.detail, parts)
        return self._said.setdefault(said, len(self._said))
