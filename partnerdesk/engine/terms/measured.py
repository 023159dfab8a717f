"""What metrics are made of and give: the facts that one draws on, and its number for a period."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
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


# A number with nothing to say beside how many facts counted; twice as fast as the class itself.
counted_of: Callable[[tuple[Any, str, int, tuple[Excluded, ...], bool]], Measured[Any]]
counted_of = partial(tuple.__new__, Measured)
# One for all of them: what is measured never changes.
NOTHING: Measured[Any] = Measured(ZERO)
