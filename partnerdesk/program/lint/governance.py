"""Transitions, modules, eligibility and stages: what they name exists, what they say can happen."""

from collections.abc import Iterator

from partnerdesk.engine.rules import Program
from partnerdesk.program.lint.found import Found


def governance(program: Program) -> Iterator[Found]:
    """All problems of who takes part and on which terms."""
    yield from _transition(program)


def _transition(program: Program) -> Iterator[Found]:
    transition, path = program.transition, "transition"
    if transition.applies_to != "retroactive":
        if transition.since is not None:
            yield f"{path}.since", "only a retroactive version is run again.", "Drop since, or say retroactive.", False
    elif transition.since is None:
        yield path, "a retroactive version says from which day on it is run again.", "Add since.", False
    elif transition.since >= program.effective_from:
        yield f"{path}.since", "the day lies not before effective_from.", "Give an earlier day.", False
