"""A strip on a partner's tab: one line per thing that waits for an answer, hidden where there is none."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.ui.screens.partner.tab import PartnerTab
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.widgets.status import Status

Verb = tuple[str, str, Callable[[], object]]  # words, accessible name, what it does


class Strip(QWidget):
    """Subclasses say which rows are read, which of them are shown, in what words, and what may be done about one."""

    SLOT: ClassVar[str]

    def __init__(self, tab: PartnerTab) -> None:
        super().__init__()
        self._tab = tab
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, theme().px(8), 0, 0)
        self._column.setSpacing(theme().px(4))
        self._rows: list[Any] = []
        self.lines: list[QWidget] = []
        self.hide()

    def query(self) -> Any:
        """A query of (day, partner) whose rows come in the order of the lines."""
        raise NotImplementedError

    def is_shown(self, row: Any) -> bool:
        """Whether a row has a line."""
        raise NotImplementedError

    def words(self, row: Any) -> tuple[str, str]:
        """The kind of status and the words of a line."""
        raise NotImplementedError

    def verbs(self, row: Any) -> Sequence[Verb]:
        """The buttons of a line."""
        raise NotImplementedError

    def reload(self) -> None:
        """Read the partner's rows."""
        tab, partner = self._tab, self._tab.partner

        def arrived(rows: tuple[Any, ...]) -> None:
            if partner == tab.partner:
                self.show_rows(rows)

        # Not by the tab's own read: what the tab refuses to show stays refused when these arrive.
        slot, today = f"{tab.host.ID}.{tab.KEY}.{self.SLOT}", tab.desk.today()
        tab.desk.read(self.query(), today, partner, done=arrived, failed=tab.host.show_error, slot=slot)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show those that have a line."""
        for line in self.lines:
            line.hide()
            line.deleteLater()
        self._rows = [row for row in rows if self.is_shown(row)]
        self.lines = [self._line(row) for row in self._rows]
        for line in self.lines:
            self._column.addWidget(line)
        self.setVisible(bool(self.lines))

    def current(self) -> Any:
        """The row of the line that has the keyboard; None where no line has it."""
        at = self.window().focusWidget()
        holders = (row for row, line in zip(self._rows, self.lines, strict=True) if at and line.isAncestorOf(at))
        return next(holders, None)

    def _line(self, row: Any) -> QWidget:
        line = QWidget(self)
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme().px(12))
        layout.addWidget(Status(*self.words(row), gives_way=True))
        for words, name, does in self.verbs(row):
            button = Button(words, does)
            button.setAccessibleName(name)
            layout.addWidget(button)
        layout.addStretch(1)
        return line
