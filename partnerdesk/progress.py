"""How long work says how far it is, and learns that it shall stop: the window and the command line each bring one."""

from typing import Protocol


class Progress(Protocol):
    """Whoever watches long work."""

    def step(self, done: int, total: int, label: str = "") -> None:
        """So many of so many are done. Raises errors.Cancelled where the user has had enough."""


class _Silent:
    def step(self, done: int, total: int, label: str = "") -> None:
        """Nobody watches."""


SILENT: Progress = _Silent()
