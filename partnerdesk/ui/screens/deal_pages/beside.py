"""What stands beside the list for the selected row: its verbs, and parts that deals and renewals share."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.screens.deal_pages.worth_part import WorthPart
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import Button, link
from partnerdesk.ui.widgets.section import Column, Pairs, SectionTitle
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.queries.joint.actions import ActionRow
    from partnerdesk.queries.pipeline.deal_list import Likely
    from partnerdesk.ui.screens.segment import Segment

Verb = tuple[str, Callable[[], object]]


class Beside(Column):
    """A column that follows the selection; `wanted` is the row it is about."""

    def __init__(self, segment: "Segment", hint: str) -> None:
        super().__init__(margin=20)
        self.segment, self._hint = segment, hint
        self.wanted = ""
        self.setAccessibleName(f"{segment.TITLE}: the selected row")
        self.worth = WorthPart(segment)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No row is selected."""
        self.wanted = ""
        self.begin()
        self.add(Label(self._hint, "small", "muted", wrap=True))

    def ask_why(self, figure: str) -> None:
        """A number of the panel asks; it stands beside the page, not in it."""
        self.segment.host.ask_why(figure)

    def head(self, title: str, partner: str | None, verbs: Sequence[Verb]) -> None:
        """The name of the row, a link to its partner, and what can be done to it."""
        go = Place("partners", partner or "", "overview")
        self.add(Label(title, "section", wrap=True))
        if partner:
            self.add(link("Open partner", lambda: self.segment.shell.go(go)), 2)
        if verbs:
            self.add(_buttons(verbs), 8)

    def begin(self) -> None:
        """Empty, but for what keeps its own words and goes on."""
        self.worth.hide()
        self.worth.setParent(self)  # never without one: a thread that collects garbage must not end its timer
        self.clear()

    def tell_worth(self, kind: str, id: str, partner: str | None) -> None:
        """The next part: what an open item brings, and costs when it is lost."""
        self.rule(12, 8)
        self.add(self.worth)
        self.worth.show()
        if partner:
            self.worth.show_item(kind, id)
        else:
            self.worth.show_nothing()

    def tell_chance(self, likely: "Likely", record: str, clear: Callable[[], object]) -> None:
        """A person's own probability stands above the `record`, and both are shown; `clear` takes the own one away."""
        percent = self.segment.formats.percent
        thin = "; few cases, so drawn towards the whole book" if likely.is_thin else ""
        says = f"The book's record says {percent(likely.learned, 0)}, from {record}{thin}."
        self.part("Chance", percent(likely.value, 0), link("Use the record", clear) if likely.is_own else None)
        if likely.is_own:
            self.says("Set by a person; the forecast takes it.", "text")
        self.says(says if likely.is_own else f"{says} Type your own under Chance.")

    def part(self, title: str, note: str = "", action: Button | None = None) -> None:
        """The next part begins."""
        self.rule(12, 8)
        self.add(SectionTitle(title, note, action))

    def pairs(self, rows: Sequence[tuple[str, str]], gap: int = 6) -> None:
        """Names and values; a row without a value is left out."""
        pairs = Pairs()
        for name, value in rows:
            if value:
                pairs.add(name, value)
        self.add(pairs, gap)

    def says(self, words: str, token: str = "muted") -> None:
        """A sentence."""
        self.add(Label(words, "small", token, wrap=True), 4)

    def to_do(self, found: "Sequence[ActionRow]", add: Callable[[], object] | None) -> None:
        """What is to be done about it, each a link to where it stands."""
        self.part("Open actions", str(len(found)) if found else "none", link("Add action", add) if add else None)
        formats, shell = self.segment.formats, self.segment.shell
        for row in found:
            due = formats.short_day(row.due) if row.due else "no day"
            said = ", ".join(part for part in (row.owner or "nobody", due) if part)
            place = Place("actions", "", "actions", f"#{row.id}")
            self.add(Label(row.text, "small", wrap=True), 6)
            line = Pairs()
            line.add(said, "Open", open_it=partial(shell.go, place))
            self.add(line)


def _buttons(verbs: Sequence[Verb]) -> QWidget:
    """Small buttons beside each other."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme().px(6))
    for words, then in verbs:
        row.addWidget(Button(words, then, inner=True))
    row.addStretch(1)
    return made
