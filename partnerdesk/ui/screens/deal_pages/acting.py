"""What the verbs on deals and on renewals share: the rows they are about, one step each, rows of a menu."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from partnerdesk.ui.widgets.text import literal

if TYPE_CHECKING:
    from datetime import date

    from partnerdesk.reports.format import Formats
    from partnerdesk.ui.screens.segment import Segment


class Acting:
    """The verbs on rows of a segment; `chosen` gives the rows they are about when no row is named."""

    def __init__(self, segment: "Segment", chosen: Callable[[], Sequence[Any]]) -> None:
        self.segment, self.chosen = segment, chosen

    def today(self) -> "date":
        """The day of the book."""
        return self.segment.desk.today()

    @property
    def formats(self) -> "Formats":
        return self.segment.formats

    def run(self, label: str, op: Callable[..., Any], what: Any, said: str, *args: Any, **given: Any) -> None:
        """One step with undo, done by this user and announced."""
        user, toast = self.segment.desk.user, said[:1].upper() + said[1:]
        self.segment.host.run(label, op, what, *args, by=user, toast=toast, **given)

    def sub(self, title: str, choices: Sequence[tuple[str, Callable[[], object]]]) -> QAction:
        """A row of a menu that opens further rows."""
        menu = QMenu(title, self.segment)
        for words, then in choices:
            menu.addAction(literal(words)).triggered.connect(lambda _on=False, run=then: run())
        return menu.menuAction()

    def act(self, words: str, then: Callable[[], object]) -> QAction:
        """A row of a menu."""
        made = QAction(words, self.segment)
        made.triggered.connect(lambda _on=False: then())
        return made
