"""Imports: every batch with its accounting, and the way to take it back."""

from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerdesk.ui.screens.data_pages.moments import moment
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.widgets.empty import Empty

if TYPE_CHECKING:
    from partnerdesk.ops.imports.effect import Effect
    from partnerdesk.ui.screens.data import DataScreen


class BatchesPage(QWidget):
    def __init__(self, host: "DataScreen") -> None:
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
                ("Import a file", host._choose),
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
        from partnerdesk.ui.exporting import effect_of_taking_back_from, export_away

        def done(found: "Effect") -> None:
            if any(one.corrected for one in found.partners):
                self._ask(row, found)
            else:
                self._taken_back(row)

        today = self._host.desk.today()
        export_away(self._host, "What taking it back moves", effect_of_taking_back_from, row.id, today, done=done)

    def _ask(self, row: Any, found: "Effect") -> None:
        from partnerdesk.ui.screens.data_pages.effect import closed_words, true_up_words

        formats = self._host.desk.formats
        words = f"Rows of {row.file} stand under closed statements. {closed_words(found, formats)}"
        title = f"Take import B-{row.id:04d} back?"
        text = f"{words} {true_up_words(found, formats)} Correct the file and import it again if they did not vanish."
        self._host.shell.ask(title, text, "Take back", lambda: self._taken_back(row))

    def _taken_back(self, row: Any) -> None:
        from partnerdesk.ops.imports import undo_batch

        self._host.run(f"Take back import B-{row.id:04d}", undo_batch, row.id, toast=f"{row.file} was taken back")
