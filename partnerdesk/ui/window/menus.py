"""The menu bar, built from the table of actions; every action of the table stands in exactly one menu.

The first paint shows the titles; what is in the menus is made right after it.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QMenuBar

from partnerdesk.ui.actions import MENUS, Actions
from partnerdesk.ui.widgets.text import literal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QAction, QActionGroup


class Menus:
    """The menus of a window. `fill` puts the actions in."""

    def __init__(self, bar: QMenuBar, actions: Actions) -> None:
        self._bar, self._actions = bar, actions
        self._menus: dict[str, QMenu] = {name: bar.addMenu(name) for name in MENUS}
        self._groups: dict[str, QActionGroup] = {}
        self._recent: tuple[Callable[[], Sequence[Path]], Callable[[Path], object]] | None = None
        self._is_filled = False

    def fill(self) -> None:
        """Put the actions into their menus, once."""
        if self._is_filled:
            return
        self._is_filled = True
        actions, last = self._actions, dict[str, int]()
        for name in MENUS:
            self._offer_letter(self._bar, name)
        for row in sorted(actions.rows.values(), key=lambda r: r.group):
            top = row.menu.partition("/")[0]
            if last.get(top, row.group) != row.group:
                self._menus[top].addSeparator()
            last[top] = row.group
            menu = self._menus.get(row.menu) or self._submenu(row.menu)
            menu.addAction(actions[row.id])
            if row.menu in ("View/Theme", "View/Density"):
                self._exclusive(row.menu, actions[row.id])
        for menu in self._menus.values():
            menu.aboutToShow.connect(actions.refresh)
            menu.setToolTipsVisible(True)
        self._add_recent()

    def _offer_letter(self, bar: QMenuBar, name: str) -> None:
        from PySide6.QtGui import QKeySequence, QShortcut

        # Alt and the first letter open a menu, as everywhere, without a line under every title all day long.
        keys = QShortcut(QKeySequence(f"Alt+{name[0]}"), bar)
        keys.activated.connect(lambda: bar.setActiveAction(self._menus[name].menuAction()))

    def _submenu(self, path: str) -> QMenu:
        top, _, title = path.partition("/")
        self._menus[path] = self._menus[top].addMenu(title)
        return self._menus[path]

    def _exclusive(self, path: str, action: "QAction") -> None:
        from PySide6.QtGui import QActionGroup

        group = self._groups.setdefault(path, QActionGroup(self._menus[path]))
        group.addAction(action)

    def menu(self, path: str) -> QMenu:
        """A menu by its path."""
        return self._menus[path]

    def offer_recent(self, recent: "Callable[[], Sequence[Path]]", opened: "Callable[[Path], object]") -> None:
        """A submenu of the last books under File."""
        self._recent = (recent, opened)
        if self._is_filled:
            self._add_recent()

    def _add_recent(self) -> None:
        if self._recent is None:
            return
        recent, opened = self._recent
        menu = QMenu("Recent books", self._menus["File"])
        before = self._menus["File"].actions()[-2]
        self._menus["File"].insertMenu(before, menu)

        def fill() -> None:
            menu.clear()
            for path in recent():
                menu.addAction(literal(path.stem)).triggered.connect(lambda _on=False, p=path: opened(p))
            if menu.isEmpty():
                menu.addAction("None yet").setEnabled(False)

        menu.aboutToShow.connect(fill)
