"""Random walks of work, undo and redo over a book, compared at each return with what it held then."""

import random
from pathlib import Path
from typing import Any

from partnerdesk.store import Store
from tests.store.steps import dump, random_op


class Walk:
    """A book, and what it held after each step that can be returned to."""

    def __init__(self, path: Path, seed: int) -> None:
        self.path = path
        self.chosen = random.Random(seed)
        self.store = Store.open(path, user="walker")
        self.states = [self._state()]  # after each step of the undo stack
        self.at = 0  # which of them the book is in now
        self.returns = 0

    def _state(self) -> dict[str, list[tuple[Any, ...]]]:
        return dump(self.store._reader)

    def step(self) -> None:
        """Work, undo, redo or reopen, and look at what came out."""
        move = self.chosen.choice((self.work, self.work, self.undo, self.undo, self.redo, self.reopen))
        move()
        assert self._state() == self.states[self.at]
        assert (self.store.undo_label is not None) == (self.at > 0)
        assert (self.store.redo_label is not None) == (self.at < len(self.states) - 1)

    def work(self) -> None:
        label = f"step {self.chosen.randint(0, 99)}"
        done = self.store.transact(label, random_op(self.chosen))
        if done.changes.op is not None:
            assert done.changes.tables
            del self.states[self.at + 1 :]
            self.states.append(self._state())
            self.at += 1

    def undo(self) -> None:
        if self.at:
            self.store.undo()
            self.at -= 1
            self.returns += 1

    def redo(self) -> None:
        if self.at < len(self.states) - 1:
            self.store.redo()
            self.at += 1
            self.returns += 1

    def reopen(self) -> None:
        self.store.close()
        self.store = Store.open(self.path, user="walker")

    def all_the_way(self) -> None:
        """Undo everything, then redo everything."""
        while self.at:
            self.undo()
            assert self._state() == self.states[self.at]
        while self.at < len(self.states) - 1:
            self.redo()
            assert self._state() == self.states[self.at]


def walk(path: Path, seed: int, steps: int) -> int:
    """One walk; returns how many times a state was returned to."""
    going = Walk(path, seed)
    try:
        for _ in range(steps):
            going.step()
        going.all_the_way()
        assert not [f for f in going.store.check() if f.category in ("history", "schema", "references", "file")]
    finally:
        going.store.close()
    return going.returns
