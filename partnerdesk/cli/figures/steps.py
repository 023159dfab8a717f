"""A figure step by step on a terminal: what it was made of, down to the rows that its facts were read from.

What a closed statement posted says of which line or row it is, and how to ask for that.
The closing of an earlier statement is not unfolded again inside a later one: it has a figure of its own to ask for.
Nor is a step that several others rest on: its parts are said where it comes first. Inside a line, what other lines paid
is said with how to ask for them, and sums that grew line by line are one sum.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from partnerdesk.cli.figures.bands import table_lines
from partnerdesk.cli.terminal import say
from partnerdesk.engine.facts import KIND_OF, KINDS
from partnerdesk.engine.figures.bearing import unused
from partnerdesk.engine.figures.figure import Figure
from partnerdesk.engine.figures.telling import (
    NOTHING,
    excluded_words,
    how_words,
    origin_words,
    row_words,
    smoothed,
    told_parts,
    value_words,
)
from partnerdesk.engine.outcome import OPENING, EarningLine

HOLD = "hold"
POSTED = "statement"  # the origin of what a closed statement posted: the statement and, as its field, the entry
Name: TypeAlias = tuple[str, tuple[int, ...]]  # what is one step among those of one figure
FactField: TypeAlias = tuple[str, str, str]  # kind, id, and the field; "" for the fact as a whole


@dataclass(frozen=True, slots=True)
class Steps:
    """How a partner's figures are shown: `periods` have statements, `places` say where a fact's field stands.

    `lines` are the lines of posted entries, by the entry, as far as they have a figure of their own; `made` the ids of
    lines by the identity of their figures.
    """

    periods: Collection[str]
    ask: str  # what is typed before the name of another figure
    places: Mapping[FactField, str] = field(default_factory=dict)
    lines: Mapping[str, str] = field(default_factory=dict)
    made: Mapping[int, str] = field(default_factory=dict)

    def say(self, figure: Figure) -> None:
        """The figure, the table that decided it, then its steps; parts that are nothing are left out.

        Last the leaves that it does not rest on, but for a bound of zero: no other value of one would change it.
        """
        self._say(figure, "  ", set(), "")
        for leaf in unused(figure):
            if is_said(leaf) and leaf.label != NOTHING:
                value = value_words(leaf.value, leaf.unit)
                say(f"  no other value of it would change this figure: {leaf.label} {value}{self._from(leaf)}")

    def _say(self, figure: Figure, indent: str, seen: set[Name], within: str) -> None:
        """One step and what it is made of; `within` is the line that it is a part of."""
        again, own = bool(figure.parts) and _name(figure) in seen, self.made.get(id(figure), within)
        if within and own != within:
            say(f"{indent}{_named(smoothed(figure))}, how it came about: {self.ask} {own}")
            return
        say(f"{indent}{_told(figure, again)}{self._from(smoothed(figure))}")
        if seen and (period := carried(figure, self.periods)):
            say(f"{indent}  how it came about: {self.ask} {period}:closing")
            return
        if line := self.lines.get(figure.origin.field if figure.origin else ""):
            say(f"{indent}  of line {line}, how it came about: {self.ask} {line}")
        if not again:
            seen.add(_name(figure))
            self._say_steps(smoothed(figure), indent, seen, own)

    def _say_steps(self, figure: Figure, indent: str, seen: set[Name], within: str) -> None:
        for line in table_lines(figure):
            say(f"{indent}  {line}")
        for part in _grown(figure):
            if is_said(part) or _decides(figure, part):
                self._say(part, f"{indent}  ", seen, within)
        for left_out in figure.excluded:
            fact = left_out.fact
            place = self.places.get((KIND_OF[type(fact)], fact.id, ""), "")
            say(f"{indent}  not counted: {excluded_words(left_out)}" + (f"  [{place}]" if place else ""))

    def _from(self, figure: Figure) -> str:
        origin = figure.origin
        if origin is None or not origin.id:  # the zero of a fund in which nothing is
            return ""
        if row := _row_posted(figure):
            place = self.places.get(row, "")
            return f"  [{origin_words(origin)}: {row_words(*row[:2])}" + (f", {place}]" if place else "]")
        place = self.places.get((origin.kind, origin.id, origin.field), "")
        return f"  [{origin_words(origin)}" + (f": {place}]" if place else "]")


def _told(figure: Figure, again: bool) -> str:
    """One step: its name, its value, how it came about and why so; `again` where its steps stand above."""
    step = smoothed(figure)
    said = "; ".join(filter(None, (how_words(step), "its steps stand above" if again else "")))
    return f"{_named(step)} ({said})" if said else _named(step)


def _named(step: Figure) -> str:
    """A step's name and its value."""
    return f"{step.label}: {value_words(step.value, '' if step.unit == step.label else step.unit)}"


def _name(figure: Figure) -> Name:
    """What makes two steps one: the same parts put together in the same way, under whatever label; else itself."""
    return figure.op, tuple(map(id, figure.parts or (figure,)))


def _grown(figure: Figure) -> Iterator[Figure]:
    """The parts of a step; a sum to which one part was added at a time is said as the one sum that it is."""
    before: list[Figure] = []
    while figure.op == "sum" and figure.parts and _grows(figure, figure.parts[0]):
        before += reversed(figure.parts[1:])
        figure = figure.parts[0]
    yield from told_parts(figure)
    yield from reversed(before)


def _grows(figure: Figure, first: Figure) -> bool:
    """Whether a sum goes on from another one of its name."""
    return first.op == "sum" and first.label == figure.label and not first.excluded and bool(first.parts)


def carried(figure: Figure, periods: Collection[str]) -> str:
    """The period whose closing this step is, brought forward into a later statement; "" for any other step."""
    word, _, period = figure.label.partition(" ")
    return period if figure.op == "sum" and word == "closing" and period in periods else ""


def _row_posted(figure: Figure) -> FactField | None:
    """The fact that a posted entry is the amount of, such as a payment; None for any other step."""
    origin = figure.origin
    kind, _, id = origin.field.partition(":") if origin is not None and origin.kind == POSTED else ("", "", "")
    if kind == OPENING:
        id = id.rpartition(":")[0]  # its entry names the bucket after the row
    elif kind == HOLD:
        id = id.partition(":")[0]  # and this one what it kept
    return (kind, id, "") if kind in KINDS else None


def is_said(part: Figure) -> bool:
    """Whether a part tells anything: a zero that nothing was left out of does not, but for amounts that cancel out."""
    cancels = part.op in ("sum", "difference") and any(summand.value for summand in part.parts)
    return bool(part.value or part.origin or part.excluded or cancels)


def _decides(figure: Figure, part: Figure) -> bool:
    """Whether a part is the bound that counts, such as what is left under a cap that is used up."""
    return figure.op in ("least", "greatest") and part.value == figure.value and bool(part.parts)


def made_by(lines: Iterable[EarningLine[Figure]]) -> dict[int, str]:
    """The ids of lines by the identity of their amounts, before and after limits."""
    return {id(amount): line.id for line in lines for amount in (line.computed, line.amount)}


def facts_behind(figure: Figure, periods: Collection[str] = ()) -> Iterator[FactField]:
    """The fields of facts in the steps that are said, each step once, and the facts that did not count.

    Without `periods` nothing is taken for an earlier closing: the fields of all steps.
    """
    yield from _behind(figure, periods, set())


def _behind(figure: Figure, periods: Collection[str], seen: set[int]) -> Iterator[FactField]:
    origin = figure.origin
    if origin is not None and origin.kind in KINDS:
        yield origin.kind, origin.id, origin.field
    if row := _row_posted(figure):
        yield row
    if id(figure) in seen or (seen and carried(figure, periods)):
        return
    seen.add(id(figure))
    for part in figure.parts:
        if is_said(part) or _decides(figure, part):
            yield from _behind(part, periods, seen)
    for left_out in figure.excluded:
        yield KIND_OF[type(left_out.fact)], left_out.fact.id, ""
