"""Flows beside each other: stacks of parts in columns, divided at the foot of the page each where it must be."""

from collections.abc import Sequence
from dataclasses import dataclass

from partnerdesk.reports.page.blocks import Block
from partnerdesk.reports.page.flow import Part, taken
from partnerdesk.reports.page.paper import Paper


@dataclass(frozen=True, slots=True)
class Stack:
    """Parts one below the other as one block."""

    parts: tuple[Part, ...]

    @property
    def height(self) -> float:
        return sum(part.block.height + (part.before if n else 0.0) for n, part in enumerate(self.parts))

    def draw(self, paper: Paper, x: float, top: float) -> float:
        for n, part in enumerate(self.parts):
            top = part.block.draw(paper, x, top + (part.before if n else 0.0))
        return top

    def split(self, height: float) -> "tuple[Block | None, Block | None]":
        fits, rest = taken(self.parts, height)
        if rest and all(part.keep for part in fits):  # a heading does not stand alone
            return None, self
        return (Stack(tuple(fits)) if fits else None), (Stack(tuple(rest)) if rest else None)


@dataclass(frozen=True, slots=True)
class Beside:
    """Blocks at distances from the left edge; what does not fit goes on below the same edge of the next page.

    They begin on one page: where one of them has no room for its beginning, all of them wait for the next page.
    """

    columns: tuple[tuple[float, Block], ...]

    @property
    def height(self) -> float:
        return max((block.height for _, block in self.columns), default=0.0)

    def draw(self, paper: Paper, x: float, top: float) -> float:
        return max((block.draw(paper, x + at, top) for at, block in self.columns), default=top)

    def split(self, height: float) -> "tuple[Block | None, Block | None]":
        halves = [(at, block.split(height)) for at, block in self.columns]
        if any(top is None for _, (top, _) in halves):
            return None, self
        first = tuple((at, top) for at, (top, _) in halves if top is not None)
        rest = tuple((at, over) for at, (_, over) in halves if over is not None)
        return (Beside(first) if first else None), (Beside(rest) if rest else None)


def beside(width: float, gap: float, columns: Sequence[tuple[float, Sequence[Part]]]) -> Part:
    """Columns of parts that share a width by their weights; one without parts keeps its place empty."""
    whole = sum(weight for weight, _ in columns)
    room = width - gap * (len(columns) - 1)
    placed, at = [], 0.0
    for weight, parts in columns:
        if parts:
            placed.append((at, Stack(tuple(parts))))
        at += room * weight / whole + gap
    return Part(Beside(tuple(placed)))


def share(width: float, gap: float, weights: Sequence[float], n: int) -> float:
    """The width of one of the columns."""
    return (width - gap * (len(weights) - 1)) * weights[n] / sum(weights)
