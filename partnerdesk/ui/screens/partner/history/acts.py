"""What is done on History: a note or the place of a file is added, changed, shared, taken away; each can be undone."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from partnerdesk.ui.clipboard import copy_table
from partnerdesk.ui.dialogs.name import NameDialog
from partnerdesk.ui.quick_add import Source, open_capture

if TYPE_CHECKING:
    from partnerdesk.queries.partners.history import Happening
    from partnerdesk.ui.screens.partner.tab import PartnerTab

KINDS = ("note", "call", "visit", "mail", "qbr")


class HistoryActs:
    """The verbs of the tab's events."""

    def __init__(self, tab: "PartnerTab", open_row: "Callable[[Happening], object]") -> None:
        self._tab, self._open_row = tab, open_row

    def add(self, text: str, place: str = "") -> None:
        """Keep a note of today; with `place`, where a file lies or a page is."""
        from partnerdesk.ops.joint.notes import add_note

        today, user = self._tab.desk.today(), self._tab.desk.user
        toast = "Place of the file kept" if place else "Note kept"
        given: dict[str, Any] = {"day": today, "text": text, "author": user, "place": place, "toast": toast}
        self._tab.host.run("Add note", add_note, self._tab.partner, **given)

    def attach(self) -> None:
        """Choose a file; its place is kept, the file itself stays where it is."""
        from pathlib import Path

        from PySide6.QtWidgets import QFileDialog

        chosen, _kind = QFileDialog.getOpenFileName(self._tab.window(), "Attach by its place")
        if chosen:
            self.add(Path(chosen).name, chosen)

    def menu(self, row: "Happening") -> list[QAction]:
        """The verbs on a row; only notes can be changed."""
        if row.document is not None:
            digest = row.document.sha256
            return [self._act("Copy its digest (SHA-256)", lambda: copy_table([[digest]], None))]
        opens = [self._act("Open", lambda: self._open_row(row))] if row.kind != "note" else []
        if row.kind != "note":
            return opens
        shared = "Make internal" if not row.internal else "May be shown to the partner"
        return [
            self._act("Edit…", lambda: self._edit(row)),
            self._kinds(row),
            self._act(shared, lambda: self._change(row, "internal", not row.internal)),
            self._act("Action from it…", lambda: self._follow_up(row)),
            *([self._act("Copy its place", lambda: copy_table([[row.place]], None))] if row.place else []),
            self._act("Remove", lambda: self._remove(row)),
        ]

    def _kinds(self, row: "Happening") -> QAction:
        menu = QMenu("Kind", self._tab)
        for kind in KINDS:
            menu.addAction(kind).triggered.connect(lambda _on=False, k=kind: self._change(row, "kind", k))
        return menu.menuAction()

    def _edit(self, row: "Happening") -> None:
        keep = lambda text: self._change(row, "text", text)  # noqa: E731
        NameDialog(self._tab.window(), "Edit note", "Its day and author stay.", "Keep", keep, row.title).open()

    def _change(self, row: "Happening", name: str, value: Any) -> None:
        from partnerdesk.ops.joint.notes import change_note

        before = {"text": row.title} if name == "text" else {}
        self._tab.host.run("Edit note", partial(change_note, **{name: value}), int(row.target), before)

    def _remove(self, row: "Happening") -> None:
        from partnerdesk.ops.joint.notes import remove_note

        self._tab.host.run("Remove note", remove_note, int(row.target), toast="Note removed")

    def _follow_up(self, row: "Happening") -> None:
        source = Source(self._tab.partner, self._tab.partner, "from a note", "", {"note": int(row.target)})
        open_capture(self._tab, source)

    def _act(self, words: str, then: Callable[[], object]) -> QAction:
        made = QAction(words, self._tab)
        made.triggered.connect(lambda _on=False: then())
        return made
