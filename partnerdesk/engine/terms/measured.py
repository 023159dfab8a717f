"""What metrics are made of and give: the facts that one draws on, and its number for a period."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, NamedTuple

from partnerdesk.engine.figures.figure import Excluded, N
from partnerdesk.engine.money import ZERO

if TYPE_CHECKING:
    from partnerdesk.engine.world.world import World


class Measured(NamedTuple, Generic[N]):
    """A metric's number, or None and why it is not evaluated."""

    value: N | None
    missing: str = ""
    counted: int = 0
    excluded: tuple[Excluded, ...] = ()
    is_broken: bool = False  # it could not be computed, so that nothing may stand in for it


@dataclass(slots=True)
class Drawn(Generic[N]):
    """The facts a metric draws on in order of day, with the number each gives; `gaps` says where there is none.

    `owners` are the worlds of those whose each fact is, by its id, where it is not only the partner's own that count.
    """

    days: list[date]
    rows: list[Any]
    numbers: list[N]
    gaps: dict[int, str]
    owners: "Mapping[str, tuple[World, ...]] | None" = None
    blocks: dict[tuple[int, int], N] = field(default_factory=dict)  # sums of numbers, once asked for, by their places


class Plain(NamedTuple):
    """The same of rows that are nothing but a day and a number, for who asks no more; nobody has looked at a row."""

    days: list[date]
    numbers: list[Any]
    blocks: dict[tuple[int, int], Any]


# A number with nothing to say beside how many facts counted; twice as fast as the class itself.
counted_of: Callable[[tuple[Any, str, int, tuple[Excluded, ...], bool]], Measured[Any]]
counted_of = partial(tuple.__new__, Measured)
# One for all of them: what is measured never changes.
NOTHING: Measured[Any] = Measured(ZERO)
