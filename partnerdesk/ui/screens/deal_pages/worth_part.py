"""What the selected deal or renewal is worth to its partner: worked out in the background, each amount with its Why."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from partnerdesk.errors import Cancelled, Refused
from partnerdesk.forecast.effects import PARTS, TITLES
from partnerdesk.forecast.worth_words import follows, notes
from partnerdesk.ui.exporting import export_away, worth_from
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.number import Number
from partnerdesk.ui.widgets.section import Pairs, SectionTitle
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.forecast.worth import Way, Worth
    from partnerdesk.queries.worth import WorthView
    from partnerdesk.ui.screens.segment import Segment

PAUSE_MS = 350  # going through a list with the arrow keys asks for the row one stops at
WAYS = {
    "won": "If it is won",
    "lost": "If it is lost",
    "renewed": "If it renews",
    "expanded": "If it expands",
    "contracted": "If it contracts",
    "churned": "If the customer leaves",
}
LABEL = "Working out what it is worth"


class WorthPart(QWidget):
    """Stands in the panel. What was worked out is kept until the book changes."""

    def __init__(self, segment: "Segment") -> None:
        super().__init__()
        self._segment = segment
        self._known: dict[tuple[str, str], tuple[WorthView, ...]] = {}
        self._key = ("", "")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().px(4))

    def forget(self) -> None:
        """The book has changed: nothing that was worked out stands any more."""
        self._known.clear()

    def show_item(self, kind: str, id: str) -> None:
        """Show what an open item is worth, as soon as that is known."""
        self._key = (kind, id)
        self._timer.stop()
        if self._key in self._known:
            self._show(self._known[self._key])
            return
        self._clear()
        self._add(SectionTitle("Worth", f"{LABEL.lower()}\N{HORIZONTAL ELLIPSIS}"))
        self._timer.start(PAUSE_MS)

    def show_nothing(self) -> None:
        """The item is not open, or pays nobody."""
        self._key = ("", "")
        self._timer.stop()
        self._clear()

    def _ask(self) -> None:
        key, host = self._key, self._segment.host
        if not self._segment.desk.is_open:
            return  # the window was closed meanwhile

        def arrived(found: "tuple[WorthView, ...]") -> None:
            self._known[key] = found
            if key == self._key:
                self._show(found)

        def failed(error: Exception) -> None:
            if key == self._key and not isinstance(error, Cancelled):
                self._refused(error)

        export_away(
            host, LABEL, worth_from, *key, self._segment.desk.today(), done=arrived, failed=failed, slot="worth"
        )

    def _refused(self, error: Exception) -> None:
        """A book without a program, or a deal that is nobody's, has no worth; anything else is said above the page."""
        self._clear()
        if not isinstance(error, Refused):
            self._segment.host.show_error(error)
            return
        self._add(SectionTitle("Worth", ""))
        self._says(f"{error.sentence} {error.remedy}".strip())

    # Showing

    def _clear(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _add(self, widget: QWidget) -> None:
        self._column.addWidget(widget)

    def _says(self, words: str) -> QLabel:
        made = Label(words, "small", "muted", wrap=True)
        self._add(made)
        return made

    def _show(self, found: "tuple[WorthView, ...]") -> None:
        """What each way brings to each partner that shares it, in its parts; then what it rests on."""
        self._clear()
        own, formats = found[0].worth, self._segment.formats
        for view in found:
            self._add(SectionTitle("Worth", f"to {view.partner_name}, {view.worth.currency}"))
            for way in (view.worth.well, view.worth.ill):
                if way is not None:
                    self._way(view.worth, way)
        for way in (own.well, own.ill):
            if way is not None and (told := follows(own, way, formats.accounting, formats.day)):
                self._says(told)
        for words in _rests_on(found[0], self._segment):
            self._says(words)
        self._says(
            f"Up to {formats.day(own.horizon)} with all else as it stands, by rules v{own.version}; "
            "an estimate, not a promise."
        )

    def _way(self, worth: "Worth", way: "Way") -> None:
        is_well = way is worth.well
        pairs = Pairs()
        self._row(pairs, worth, way, "total", WAYS.get(way.name, f"If it is {way.name}"), is_well=is_well)
        for part in PARTS if way.effect.moved else ():
            if way.effect.part(part):
                self._row(pairs, worth, way, part, f"    {TITLES[part]}", is_well=is_well)
        self._add(pairs)
        formats = self._segment.formats
        for words in notes(worth, way, formats.accounting, formats.label):
            self._says(words)

    def _row(self, pairs: Pairs, worth: "Worth", way: "Way", part: str, label: str, *, is_well: bool) -> None:
        """An amount that answers why."""
        figure = f"worth|{worth.kind}|{worth.id}|{part}|{'well' if is_well else 'ill'}|{worth.partner}"
        words = self._segment.formats.change(way.effect.part(part))
        role = "small_strong" if part == "total" else "small"
        said = f"{WAYS.get(way.name, way.name)}, {TITLES.get(part, 'in all')}"
        pairs.add(label, Number(words, figure, label=said, role=role), strong=part == "total")


def _rests_on(found: "WorthView", segment: "Segment") -> Iterator[str]:
    """What is at stake where all else goes its likeliest way."""
    formats, worth, likely = segment.formats, found.worth, found.likely
    if likely.at_stake != worth.at_stake:
        stake = formats.accounting(likely.at_stake)
        yield f"{stake} are at stake where every other open item goes its likeliest way."
