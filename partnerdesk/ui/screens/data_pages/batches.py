"""Imports: every batch with its accounting, and the way to take it back."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerdesk.ui.screens.data_pages.moments import moment
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.widgets.empty import Empty

if TYPE_CHECKING:
    from partnerdesk.ops.imports import Answer
    from partnerdesk.ops.imports.effect import Effect
    from partnerdesk.ui.screens.base import Screen


class BatchesPage(QWidget):
    def __init__(self, host: "Screen", choose: Callable[[], object]) -> None:
        super().__init__()
        self._host = host
        formats = host.desk.formats
        number = formats.number

        def whole(value: Any) -> str:
            return number(value, 0)

        columns = [
            Column("file", "File", lambda r: r.file, kind=kinds.NAME, width=224),
            Column("id", "Batch", lambda r: f"B-{r.id:04d}", kind=kinds.MUTED, width=80),
            Column("at", "When", lambda r: r.at, lambda at: moment(at, formats), kinds.MUTED, 144),
            Column("by", "By", lambda r: r.by, kind=kinds.MUTED, width=100),
            Column("read", "Rows", lambda r: r.read, whole, kinds.NUMBER, 80, sums=True),
            Column("accepted", "Accepted", lambda r: r.accepted, whole, kinds.NUMBER, 84, sums=True),
            Column("rejected", "Rejected", lambda r: r.rejected, whole, kinds.NUMBER, 84, sums=True),
            Column("ignored", "Left out", lambda r: r.ignored, whole, kinds.NUMBER, 84, sums=True),
            Column("new", "New", lambda r: r.new, whole, kinds.NUMBER, 80, sums=True),
            Column("changed", "Changed", lambda r: r.changed, whole, kinds.NUMBER, 84, sums=True),
            Column("same", "Same", lambda r: r.same, whole, kinds.NUMBER, 80, sums=True),
        ]
        self.table = DataTable(
            "batches", columns, key=lambda r: r.id, state=host.shell.state, says="Imports", lined=False
        )
        self.table.set_empty(
            lambda: Empty(
                "Nothing was imported yet",
                "Drop a CSV or Excel file anywhere on the window; a preview shows what it would change.",
                ("Import a file", choose),
                icon="file-down",
            )
        )
        self.table.offer_menu(self._menu)
        host.show_sums(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)

    def reload(self) -> None:
        from partnerdesk.queries.imports import batches

        self._host.read(batches, done=self.table.set_rows, slot="batches")

    def _menu(self, row: Any) -> list[QAction]:
        back = QAction("Take this import back", self)
        back.triggered.connect(lambda: self._take_back(row))
        return [back]

    def _take_back(self, row: Any) -> None:
        """Take an import back; where rows that vanish stand under closed statements, a person is asked first."""
        from partnerdesk.ops.imports import Answer, under_closed

        def done(rested: "tuple[tuple[str, str], ...]") -> None:
            if rested:
                self._work_out(row, len(rested))
            else:
                self._taken_back(row, Answer())

        self._host.read(under_closed, row.id, done=done, slot="taking back")

    def _work_out(self, row: Any, rested: int) -> None:
        """What would become of closed statements, and then the question."""
        from partnerdesk.ui.exporting import effect_of_taking_back_from, export_away

        label, today = "What taking it back moves", self._host.desk.today()
        export_away(
            self._host,
            label,
            effect_of_taking_back_from,
            row.id,
            today,
            done=lambda found: self._ask(row, rested, found),
        )

    def _ask(self, row: Any, rested: int, found: "Effect") -> None:
        from partnerdesk.ui.dialogs.gone import GoneDialog
        from partnerdesk.ui.screens.data_pages.effect import closed_words, true_up_words

        formats = self._host.desk.formats
        rows = f"{formats.number(rested, 0)} rows stand" if rested > 1 else "1 row stands"
        text = f"{rows} under closed statements. Accepted as gone, they leave the book. {closed_words(found, formats)}"
        if any(one.corrected for one in found.partners):
            text += f" {true_up_words(found, formats)}"
        title = f"Take import B-{row.id:04d} of {row.file} back?"
        text += " Kept, they count as before; the rest of the import is taken back."
        GoneDialog(self._host.window(), title, text, formats, lambda given: self._taken_back(row, given)).open()

    def _taken_back(self, row: Any, given: "Answer") -> None:
        from partnerdesk.ops.imports import take_back

        label, words = f"Take back import B-{row.id:04d}", f"{row.file} was taken back"
        self._host.run(label, take_back, row.id, given=given, by=self._host.desk.user, toast=words)
