"""Every command of the window, once: id, words, keys, icon, menu and what it needs.

Menus, command palette, context menus and buttons take their commands from this table, so a key is written in one
place. The window binds the commands of the frame, the visible screen binds those of the page; a command that nobody
binds, or whose needs are not met, is disabled and says why.
"""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from partnerdesk.ui.widgets.text import literal

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

BOOK, WRITABLE, PARTNER, ROW, UNDO, REDO = "book", "writable", "partner", "row", "undo", "redo"

NEEDS: dict[str, str] = {
    BOOK: "Open a book first",
    WRITABLE: "This book is open for reading only",
    PARTNER: "Choose a partner first",
    ROW: "Select a row first",
    UNDO: "Nothing to undo",
    REDO: "Nothing to do again",
}
NOT_HERE = "This page does not offer it"


@dataclass(frozen=True, slots=True)
class ActionRow:
    """A command. `menu` is where it stands (`File`, `View/Theme`), `group` separates within a menu.

    `keys` are in Qt's portable text; `here` marks those that mean something else on each page; `listed` puts it in
    the command palette.
    """

    id: str
    text: str
    menu: str
    group: int = 0
    keys: tuple[str, ...] = ()
    icon: str = ""
    needs: tuple[str, ...] = ()
    checkable: bool = False
    listed: bool = True


def _a(id: str, text: str, menu: str, group: int, keys: str = "", icon: str = "", *needs: str) -> ActionRow:
    return ActionRow(id, text, menu, group, tuple(keys.split()), icon, needs)


ACTIONS: tuple[ActionRow, ...] = (
    _a("page.new", "New here", "File", 0, "Ctrl+N", "plus", BOOK, WRITABLE),
    _a("partner.new", "New partner", "File", 0, "", "user-plus", BOOK, WRITABLE),
    _a("deal.new", "New deal", "File", 0, "", "plus", BOOK, WRITABLE),
    _a("book.new", "New book…", "File", 1, "", "square-plus"),
    _a("book.open", "Open book…", "File", 1, "Ctrl+O", "folder-open"),
    _a("data.import", "Import…", "File", 2, "Ctrl+I", "file-down", BOOK, WRITABLE),
    _a("program.add", "Add a program file…", "File", 2, "", "file-text", BOOK, WRITABLE),
    _a("page.export", "Export", "File", 2, "Ctrl+E", "download", BOOK),
    _a("page.mail", "Draft a mail with it", "File", 2, "", "", BOOK),
    _a("page.preview", "Print preview", "File", 2, "Ctrl+P", "eye", BOOK),
    _a("data.backup", "Back up now", "File", 3, "", "database", BOOK),
    _a("data.restore", "Restore a backup…", "File", 3, "", "history", BOOK, WRITABLE),
    _a("app.quit", "Quit", "File", 9, "Ctrl+Q"),
    _a("edit.undo", "Undo", "Edit", 0, "Ctrl+Z", "undo-2", BOOK, WRITABLE, UNDO),
    _a("edit.redo", "Redo", "Edit", 0, "Ctrl+Shift+Z Ctrl+Y", "", BOOK, WRITABLE, REDO),
    _a("edit.copy", "Copy", "Edit", 1, "Ctrl+C", "copy"),
    _a("edit.copy_headed", "Copy with headers", "Edit", 1, "Ctrl+Shift+C", "copy"),
    _a("page.edit", "Edit", "Edit", 1, "F2", "pencil", BOOK, WRITABLE),
    _a("page.find", "Filter this page", "Edit", 2, "Ctrl+F", "list-filter", BOOK),
    _a("app.find", "Find or run…", "Edit", 2, "Ctrl+K", "search"),
    _a("view.back", "Back", "View", 1, "Alt+Left", "chevron-left"),
    _a("view.forward", "Forward", "View", 1, "Alt+Right", "chevron-right"),
    _a("review.present", "Review mode", "View", 1, "F11", "presentation", BOOK),
    _a("view.next_pane", "Next pane", "View", 1, "F6"),
    _a("view.previous_pane", "Previous pane", "View", 1, "Shift+F6"),
    _a("view.sidebar", "Sidebar", "View", 2, "Ctrl+B", "panel-left"),
    _a("view.inspector", "Why and details", "View", 2, "", "circle-question-mark"),
    _a("view.columns", "Columns…", "View", 2, "Ctrl+Shift+L", "columns-3", BOOK),
    _a("theme.system", "Like the system", "View/Theme", 3),
    _a("theme.light", "Light", "View/Theme", 3),
    _a("theme.dark", "Dark", "View/Theme", 3),
    _a("density.compact", "Compact", "View/Density", 3),
    _a("density.regular", "Regular", "View/Density", 3),
    _a("density.relaxed", "Relaxed", "View/Density", 3),
    _a("zoom.in", "Larger text", "View/Text size", 3, "Ctrl++ Ctrl+="),
    _a("zoom.out", "Smaller text", "View/Text size", 3, "Ctrl+-"),
    _a("zoom.normal", "Normal text", "View/Text size", 3, "Ctrl+0"),
    _a("partner.open", "Open partner", "Partner", 0, "", "users-round", BOOK, PARTNER),
    _a("partner.details", "Edit details and contacts", "Partner", 0, "Ctrl+D", "pencil", BOOK, PARTNER),
    _a("partner.note", "Add note or action", "Partner", 0, "Ctrl+Shift+A", "square-plus", BOOK, WRITABLE),
    _a("partner.review", "New review", "Partner", 1, "", "presentation", BOOK, WRITABLE, PARTNER),
    _a("partner.agreement", "Open agreement", "Partner", 1, "", "file-text", BOOK, PARTNER),
    _a("partner.enablement", "Open enablement", "Partner", 1, "", "", BOOK, PARTNER),
    _a("partner.playbook", "Playbooks for the partner", "Partner", 1, "", "list-checks", BOOK, PARTNER),
    _a("partner.changes", "What changed since…", "Partner", 1, "", "history", BOOK, PARTNER),
    _a("partner.statement", "Open statement", "Partner", 1, "", "file-spreadsheet", BOOK, PARTNER),
    _a("partner.dates", "Export dates for the partner", "Partner", 1, "", "calendar", BOOK, PARTNER),
    _a("partner.digest", "Digest for the partner", "Partner", 1, "", "file-text", BOOK, PARTNER),
    _a("partner.opening", "Opening balances…", "Partner", 1, "", "book-open", BOOK, WRITABLE, PARTNER),
    _a("partner.merge", "Merge into another partner…", "Partner", 1, "", "", BOOK, WRITABLE, PARTNER),
    _a("partner.hold", "Put on hold…", "Partner", 1, "", "lock", BOOK, WRITABLE, PARTNER),
    _a("partner.next_tab", "Next tab", "View", 1, "Ctrl+PgDown"),
    _a("partner.previous_tab", "Previous tab", "View", 1, "Ctrl+PgUp"),
    _a("tools.recompute", "Recompute", "Tools", 0, "F5", "scale", BOOK),
    _a("tools.whatif", "What-if for the partner", "Tools", 0, "Ctrl+T", "flask-conical", BOOK, PARTNER),
    _a("tools.check", "Check book", "Tools", 0, "", "circle-check", BOOK),
    _a("tools.replay", "Replay closed statements", "Tools", 0, "", "history", BOOK),
    _a("program.compare", "Compare impact of the draft", "Tools", 1, "", "scale", BOOK),
    _a("program.publish", "Publish the draft…", "Tools", 1, "", "lock", BOOK, WRITABLE),
    _a("program.discard", "Discard the draft", "Tools", 1, "", "x", BOOK, WRITABLE),
    _a("help.keys", "Keyboard shortcuts", "Help", 0, "Ctrl+/", "keyboard"),
    _a("help.sample", "Open the sample book", "Help", 0, "", "flask-conical"),
    _a("help.own", "Start my own book", "Help", 0, "", "square-plus"),
    _a("help.about", "About PartnerDesk", "Help", 1, "", "info"),
    _a("help.licences", "Licences", "Help", 1, "", "book-open"),
)
CHECKABLE = ("view.sidebar", "view.inspector", "theme.", "density.")
IS_MAC: bool = sys.platform == "darwin"
MENUS = ("File", "Edit", "View", "Partner", "Tools", "Help")


class Actions(QObject):
    """The QActions of the table on one window, who is bound to them, and the situation they depend on."""

    changed = Signal()

    def __init__(self, window: QWidget, rows: Iterable[ActionRow]) -> None:
        super().__init__(window)
        self.rows = {row.id: row for row in rows}
        self._met: set[str] = set()
        self._frame: dict[str, Callable[[], object]] = {}
        self._page: dict[str, Callable[[], object]] = {}
        self._reasons: dict[str, Callable[[], str]] = {}
        self._frame_reasons: dict[str, Callable[[], str]] = {}
        self._window = window
        self._texts: dict[str, str] = {}
        self._checked: set[str] = set()
        self._made: dict[str, QAction] = {}

    def make_all(self) -> None:
        """Make every QAction, so that its keys work; after the first paint, which needs none."""
        for id in self.rows:
            self[id]
        self.refresh()

    def __getitem__(self, id: str) -> "QAction":
        if id not in self._made:
            self._made[id] = self._make(self.rows[id])
            self._show(id)
        return self._made[id]

    def _make(self, row: ActionRow) -> "QAction":
        from PySide6.QtGui import QAction, QKeySequence

        action = QAction(self._window)
        action.setObjectName(row.id)
        action.setCheckable(row.id.startswith(CHECKABLE))
        action.setShortcuts([QKeySequence(keys) for keys in row.keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setMenuRole(_role(row.id))
        action.triggered.connect(lambda _checked=False, id=row.id: self.trigger(id))
        self._window.addAction(action)
        return action

    def _show(self, id: str) -> None:
        """Bring a QAction in step: its words, whether it is ticked, whether it can run and why not."""
        action, reason = self._made[id], self.why_not(id)
        action.setText(literal(self.text(id)))
        action.setChecked(id in self._checked)
        action.setEnabled(not reason)
        action.setStatusTip(reason)

    def bind(self, id: str, then: Callable[[], object], why_not: Callable[[], str] | None = None) -> None:
        """The frame's own answer to a command; `why_not` gives a reason why it cannot run now, or nothing."""
        self._frame[self.rows[id].id] = then
        if why_not is not None:
            self._frame_reasons[id] = why_not

    def bind_page(self, handlers: dict[str, Callable[[], object]], reasons: dict[str, Callable[[], str]]) -> None:
        """What the visible page answers, instead of the frame where both do; `reasons` say why not, or nothing."""
        unknown = set(handlers) - set(self.rows)
        if unknown:
            raise KeyError(f"no such command: {', '.join(sorted(unknown))}")
        self._page, self._reasons = handlers, reasons
        self.refresh()

    def meet(self, **needs: bool) -> None:
        """The situation changed: which needs are met."""
        for name, is_met in needs.items():
            if name not in NEEDS:
                raise KeyError(name)
            (self._met.add if is_met else self._met.discard)(name)
        self.refresh()

    def why_not(self, id: str, given: str = "") -> str:
        """Why a command cannot run now, in words; empty when it can, or could if the need `given` were met."""
        for need in self.rows[id].needs:
            if need not in self._met and need != given:
                return NEEDS[need]
        if id in self._page:
            return self._reasons[id]() if id in self._reasons else ""
        if id not in self._frame:
            return NOT_HERE
        return self._frame_reasons[id]() if id in self._frame_reasons else ""

    def trigger(self, id: str) -> None:
        """Run a command if it can run."""
        if not self.why_not(id):
            (self._page.get(id) or self._frame[id])()

    def refresh(self) -> None:
        """Enable and disable after something changed that a reason depends on."""
        for id in self._made:
            self._show(id)
        self.changed.emit()

    def set_text(self, id: str, text: str) -> None:
        """Name a step: `Undo edit target`. Data in it stays verbatim."""
        self._texts[id] = text
        self.refresh()

    def text(self, id: str) -> str:
        """What a command says now."""
        return self._texts.get(id, self.rows[id].text)

    def check(self, id: str, on: bool) -> None:
        """Tick a command that can be ticked, or not."""
        (self._checked.add if on else self._checked.discard)(id)
        if id in self._made:
            self._made[id].setChecked(on)

    def keys(self, id: str) -> str:
        """The first key of a command as the platform writes it."""
        return shown(self.rows[id].keys[0]) if self.rows[id].keys else ""


def shown(keys: str) -> str:
    """Keys as the platform writes them: words, or signs on macOS."""
    if not IS_MAC:
        return keys
    from PySide6.QtGui import QKeySequence

    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def _role(id: str) -> "QAction.MenuRole":
    from PySide6.QtGui import QAction

    # macOS moves these into the application's own menu.
    return {
        "app.quit": QAction.MenuRole.QuitRole,
        "help.about": QAction.MenuRole.AboutRole,
        "page.settings": QAction.MenuRole.PreferencesRole,
    }.get(id, QAction.MenuRole.NoRole)
