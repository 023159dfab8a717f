"""The segment Playbooks: what runs where, the playbooks themselves, pathways of certificates, and the library.

Each part is a list above and what belongs to its row below. Place: the partner is the item, the part the sub-page.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from partnerdesk.ui.screens.action_pages.library_part import LibraryPart
from partnerdesk.ui.screens.action_pages.part import Part, PartsSegment
from partnerdesk.ui.screens.action_pages.pathway_part import PathwaysPart
from partnerdesk.ui.screens.action_pages.playbook_part import PlaybooksPart
from partnerdesk.ui.screens.action_pages.runs_part import RunsPart
from partnerdesk.ui.screens.action_pages.starting import Starting
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import PRIMARY, Button
from partnerdesk.ui.widgets.chip import Chip
from partnerdesk.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from partnerdesk.queries.partners.people import PartnerCard

PARTS: tuple[type[Part], ...] = (RunsPart, PlaybooksPart, PathwaysPart, LibraryPart)


class PlaybooksSegment(PartsSegment):
    KEY: ClassVar[str] = "playbooks"
    TITLE: ClassVar[str] = "Playbooks"

    def build(self) -> None:
        self.shown = RunsPart.KEY
        self.starting = Starting(self, self._started)
        self.start = Button("Start playbook…", self.start_playbook, icon="plus", keys="Ctrl+N", kind=PRIMARY)
        self._made: dict[str, Part] = {}
        self.stack = QStackedWidget()
        self.body.addWidget(self._bar())
        self.body.addWidget(self.stack, 1)
        self._bring()

    def _bar(self) -> QWidget:
        bar, px = QWidget(), theme().px
        row = QHBoxLayout(bar)
        row.setContentsMargins(px(24), px(4), px(24), px(4))
        row.setSpacing(px(12))
        choices = [(part.TITLE, part.KEY) for part in PARTS]
        self.parts = Segmented("Show", choices, self._choose, self.shown)
        self.only = Chip("", says="Partner", remove=lambda: self._only(""))
        self.only.hide()
        row.addWidget(self.parts)
        row.addWidget(self.only)
        row.addStretch(1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(px(8))
        row.addLayout(self._buttons)
        return bar

    @property
    def part(self) -> Part:
        """The part that is shown, made when it is first asked for."""
        if self.shown not in self._made:
            made = next(part for part in PARTS if self.shown == part.KEY)(self)
            self._made[self.shown] = made
            self.stack.addWidget(made)
            for button in made.buttons():
                self._buttons.addWidget(button)
        return self._made[self.shown]

    def _bring(self) -> None:
        self.stack.setCurrentWidget(self.part)
        for key, part in self._made.items():
            for button in part.buttons():
                button.setVisible(key == self.shown)

    def controls(self) -> list[QWidget]:
        return [self.start]

    # Places

    def show_sub(self, item: str, sub: str) -> None:
        """One partner's, or all; a part, and a row of it as in library#12."""
        known = {part.KEY for part in PARTS}
        before = (self.partner, self.shown)
        part, _, row = sub.partition("#")
        self.partner, self.shown = item, part if part in known else RunsPart.KEY
        self.parts.set_value(self.shown)
        self._bring()
        self.part.wanted(row)
        if before != (self.partner, self.shown):
            self.reload()

    def sub(self) -> tuple[str, str]:
        return self.partner, self.shown

    def _choose(self, part: object) -> None:
        self.show_sub(self.partner, str(part))
        self.shell.moved()

    def _only(self, partner: str) -> None:
        self.show_sub(partner, self.shown)
        self.shell.moved()

    def commands(self) -> dict[str, Callable[[], object]]:
        return {"page.new": self.part.new or self.start_playbook, "page.find": self.part.look}

    def first_focus(self) -> QWidget | None:
        return self.part.top

    # Reading and acting

    def reload(self) -> None:
        from partnerdesk.queries.partners.people import partner_card

        self.only.setVisible(bool(self.partner))
        if self.partner:
            self.host.read(partner_card, self.partner, done=self._name, slot="partner")
        self.part.load()

    def _name(self, card: "PartnerCard | None") -> None:
        self.only.set_text(card.name if card is not None else self.partner)

    def _started(self, run: int) -> None:
        self.show_sub(self.partner, RunsPart.KEY)
        self.part.added(run)
        self.reload()
