"""Connecting signals to callbacks."""

from collections.abc import Callable


def calling(then: Callable[[], object]) -> Callable[[], None]:
    """A slot that takes nothing: signals hand over `checked` to whatever seems to accept an argument."""

    def slot() -> None:
        then()

    return slot
