"""Gone rows: what a file brought and does not hold any more, a question each, and how it was answered."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerdesk.reports.gone import gone_words
from partnerdesk.ui.screens.data_pages.moments import moment
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.widgets.empty import Empty

if TYPE_CHECKING:
    from partnerdesk.ops.imports import Answer
    from partnerdesk.ops.imports.effect import Effect
    from partnerdesk.queries.vanished import VanishedRow
    from partnerdesk.ui.screens.base import Screen

ANSWERS = {"": "Waits", "keep": "Kept", "accept": "Accepted"}
TITLE = "Keep {0}, or accept that {1} gone?"


class GonePage(QWidget):
    def __init__(self, host: "Screen") -> None:
        super().__init__()
        self._host = host
        formats = host.desk.formats
        columns = [
            Column("says", "Row", lambda r: gone_words(r.says, formats), kind=kinds.NAME, width=280),
            Column("partner", "Partner", lambda r: r.partner_name, width=150),
            Column("source", "Read from", lambda r: r.source, kind=kinds.MUTED, width=150),
            Column("missing", "Missing from", lambda r: r.missing, kind=kinds.MUTED, width=150),
            Column("at", "Since", lambda r: r.at, lambda at: moment(at, formats), kinds.MUTED, 136),
            Column("answer", "Answer", lambda r: ANSWERS[r.answer], width=84),
            Column("evidence", "Evidence", lambda r: r.evidence, kind=kinds.MUTED, width=150),
        ]
        self.table = DataTable("gone", columns, key=lambda r: r.id, state=host.shell.state, says="Gone rows")
        self.table.set_empty(
            lambda: Empty(
                "No row is gone from its source",
                "A list that lacks rows it brought before asks here, before a statement is closed on them.",
                icon="circle-check",
            )
        )
        self.table.offer_menu(self._menu)
        self.table.opened.connect(lambda _row: self.answer())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)

    def reload(self) -> None:
        from partnerdesk.queries.vanished import vanished_rows

        self._host.read(vanished_rows, done=self.table.set_rows, slot="gone")

    def _menu(self, _row: Any) -> list[QAction]:
        answer = QAction("Answer…", self)
        answer.triggered.connect(self.answer)
        answer.setEnabled(bool(self._open()))
        return [answer]

    def _open(self) -> "list[VanishedRow]":
        """The selected rows that are still in the book."""
        return [row for row in self.table.selected_rows() if row.answer != "accept"]

    def answer(self) -> None:
        """Work out what accepting the selected rows would move, and ask."""
        from partnerdesk.ui.exporting import effect_of_accepting_from, export_away

        rows = self._open()
        if not rows:
            return
        ids, today = [row.id for row in rows], self._host.desk.today()
        label = "What accepting them moves"
        export_away(self._host, label, effect_of_accepting_from, ids, today, done=lambda found: self._ask(rows, found))

    def _ask(self, rows: "Sequence[VanishedRow]", found: "Effect") -> None:
        from partnerdesk.ui.dialogs.gone import GoneDialog
        from partnerdesk.ui.screens.data_pages.effect import closed_words, true_up_words

        formats = self._host.desk.formats
        many = len(rows) > 1
        named = "; ".join(gone_words(row.says, formats) for row in rows[:3])
        named += f"; and {len(rows) - 3} more" if len(rows) > 3 else ""
        moved = closed_words(found, formats)
        if any(one.corrected for one in found.partners):
            moved += f" {true_up_words(found, formats)}"
        text = f"{named}. Accepted, {'they leave' if many else 'it leaves'} the book. {moved}".strip()
        title = TITLE.format(f"{len(rows)} rows" if many else "this row", "they are" if many else "it is")
        GoneDialog(self._host.window(), title, text, formats, lambda given: self._answered(rows, given)).open()

    def _answered(self, rows: "Sequence[VanishedRow]", given: "Answer") -> None:
        from partnerdesk.ops.vanishing.answering import accept_rows, keep_rows

        ids, by = [row.id for row in rows], self._host.desk.user
        count = f"{len(ids)} row{'s' if len(ids) > 1 else ''}"
        if given.answer == "keep":
            words = f"Keep {count} gone from their source"
            self._host.run(words, keep_rows, ids, evidence=given.evidence, by=by, toast=f"{count} kept")
        else:
            words = f"Accept {count} as gone"
            self._host.run(words, accept_rows, ids, by=by, toast=f"{count} accepted as gone")
