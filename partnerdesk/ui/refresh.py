"""Which screens are stale after a write, and when they read again.

A screen declares `READS`, the names of the tables its queries look at. A write that touched one of them makes the
screen stale; the visible one reads again at once, the others when they are shown. Reading again keeps selection and
scroll: that is the screen's part (`Screen.reload`).
"""

from collections.abc import Iterable
from typing import Protocol

EVERYTHING = frozenset({"*"})


class Reader(Protocol):
    """A screen as the refresher sees it."""

    READS: frozenset[str]

    def reload(self) -> None: ...


class Refresher:
    """Keeps the screens that were made and which of them are stale."""

    def __init__(self) -> None:
        self._screens: list[Reader] = []
        self._stale: set[int] = set()
        self._visible: Reader | None = None

    def add(self, screen: Reader) -> None:
        """A screen was made; it has read nothing yet."""
        self._screens.append(screen)
        self._stale.add(id(screen))

    def show(self, screen: Reader) -> None:
        """A screen becomes the visible one and reads when it is stale."""
        self._visible = screen
        self._catch_up()

    def touched(self, tables: Iterable[str]) -> None:
        """A write changed these tables."""
        names = frozenset(tables)
        for screen in self._screens:
            if names & screen.READS or EVERYTHING in (names, screen.READS):
                self._stale.add(id(screen))
        self._catch_up()

    def all_stale(self) -> None:
        """Another book, another locale: everything reads again."""
        self.touched(EVERYTHING)

    def is_stale(self, screen: Reader) -> bool:
        """Whether what the screen shows is older than the book."""
        return id(screen) in self._stale

    def _catch_up(self) -> None:
        if self._visible is not None and id(self._visible) in self._stale:
            self._stale.discard(id(self._visible))
            self._visible.reload()
