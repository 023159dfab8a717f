"""What a partner is enrolled in on a day: the modules and the track that its latest enrolment names.

An enrolment holds from its day until the partner's next one in the same program, which takes its place as a whole:
one that names nothing more ends what the one before began.
"""

from datetime import date
from typing import TYPE_CHECKING

from partnerdesk.engine.facts import Enrolment
from partnerdesk.engine.rules import Program

if TYPE_CHECKING:
    from partnerdesk.engine.world.world import World


def enrolments(program: Program, world: "World") -> list[Enrolment]:
    """The partner's enrolments in a program, in order of (day, id); those without a day come first."""
    rows = [row for row in world.rows("enrolment") if row.program in (program.program, program.name)]
    return sorted(rows, key=lambda row: (row.day or date.min, row.id))


def enrolment_on(program: Program, world: "World", day: date) -> Enrolment | None:
    """The enrolment that holds on a day; None before the first."""
    rows = [row for row in enrolments(program, world) if row.day is None or row.day <= day]
    return rows[-1] if rows else None


def is_in_module(program: Program, name: str, world: "World", day: date) -> bool:
    """Whether a partner is enrolled in a module on a day."""
    row = enrolment_on(program, world, day)
    named = {part.strip() for part in row.module.split(",")} if row is not None else set()
    return not named.isdisjoint((name, program.module[name].says))


def is_in_track(program: Program, track: str, world: "World", day: date) -> bool:
    """Whether a partner is enrolled in a track of the score on a day."""
    row = enrolment_on(program, world, day)
    return row is not None and row.track.strip() == track
