"""A page of segments: a head that chooses one, and below it what that one shows and does.

A subclass names its segments in `SEGMENTS`; the module of each is imported when it is first shown.
"""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtWidgets import QStackedWidget, QWidget

from partnerdesk.ui.screens.base import Place, Screen
from partnerdesk.ui.screens.segment import Segment
from partnerdesk.ui.widgets.segmented import Segmented


@dataclass(frozen=True, slots=True)
class Part:
    """A segment: its words, its key in places, and `folder.module:class` in `ui/screens`."""

    title: str
    key: str
    found: str

    def load(self) -> type[Segment]:
        """The segment's class."""
        module, _, name = self.found.partition(":")
        made: type[Segment] = getattr(importlib.import_module(f"partnerdesk.ui.screens.{module}"), name)
        return made


class SegmentedScreen(Screen):
    """Subclasses set ID, TITLE and SEGMENTS."""

    READS = frozenset({"*"})
    SEGMENTS: ClassVar[tuple[Part, ...]] = ()

    def build(self) -> None:
        self._made: dict[str, Segment] = {}
        self.shown = self.SEGMENTS[0].key
        choices = [(part.title, part.key) for part in self.SEGMENTS]
        self.segments = Segmented("Show", choices, self._choose, self.shown)
        self.header.add_left(self.segments)
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        self._bring()

    @property
    def segment(self) -> Segment:
        """The segment that is shown, made when it is first asked for."""
        if self.shown not in self._made:
            part = next(part for part in self.SEGMENTS if part.key == self.shown)
            made = part.load()(self)
            self._made[self.shown] = made
            self.stack.addWidget(made)
            self.header.add(*made.controls())
        return self._made[self.shown]

    def _bring(self) -> None:
        """Bring the chosen segment and what belongs to it into the head."""
        self.stack.setCurrentWidget(self.segment)
        for key, made in self._made.items():
            for control in made.controls():
                control.setVisible(key == self.shown)

    def _choose(self, key: object) -> None:
        self.shell.go(Place(self.ID, "", str(key)))

    # Place

    def show_place(self, place: Place) -> None:
        """A segment (`tab`), one partner's rows of it (`item`), and a part of it (`sub`)."""
        known = {part.key for part in self.SEGMENTS}
        before, self.shown = self.shown, place.tab if place.tab in known else self.SEGMENTS[0].key
        is_new = self.shown not in self._made
        self.segments.set_value(self.shown)
        self._bring()
        self.segment.show_sub(place.item, place.sub)
        if is_new or before != self.shown:
            self.segment.reload()

    def place(self) -> Place:
        item, sub = self.segment.sub()
        return Place(self.ID, item, self.shown, sub)

    def aside(self) -> QWidget | None:
        return self.segment.aside()

    def commands(self) -> dict[str, Callable[[], object]]:
        return {"tools.recompute": self.reload, **self.segment.commands()}

    def reasons(self) -> dict[str, Callable[[], str]]:
        return self.segment.reasons()

    def letters(self) -> dict[str, Callable[[], object]]:
        return self.segment.letters()

    def first_focus(self) -> QWidget | None:
        return self.segment.first_focus()

    def reload(self) -> None:
        self.segment.reload()
