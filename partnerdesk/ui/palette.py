"""The command palette (Ctrl+K): partners by three letters, pages, commands and deals in one list.

`>` shows commands only, `@` partners, `#` deals. Names of partners are read once when it opens, deals while one
types; pages and commands are there at once. Matched letters are painted, never marked up.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from partnerdesk.ui import icons
from partnerdesk.ui.actions import shown
from partnerdesk.ui.palette_list import Entry, PaletteList
from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.queries.search import DealHit, PartnerHit
    from partnerdesk.ui.main_window import MainWindow

WIDTH, TOP, MOST = 640, 84, 9
PER_GROUP = 5
PREFIXES = {">": "commands", "@": "partners", "#": "deals"}


@dataclass(slots=True)
class _Found:
    """What has been read so far."""

    partners: "Sequence[PartnerHit]" = ()
    deals: "Sequence[DealHit]" = ()


class Palette(QWidget):
    """Lies over the whole window; Escape or a click beside it closes it."""

    @classmethod
    def open(cls, window: "MainWindow") -> "Palette":
        """Show it, or close the one that is shown."""
        for shown_now in window.findChildren(cls):
            shown_now.close()
            return shown_now
        return cls(window)

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName("Find or run")
        self._window, self._found = window, _Found()
        self._before = window.focusWidget()
        self._build()
        window.installEventFilter(self)
        self._cover()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._read_partners()
        self._match()

    def _build(self) -> None:
        px = theme().px
        self._box = _Box(self)
        column = QVBoxLayout(self._box)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(px(46), 0, px(16), 0)
        self.field = QLineEdit()
        self.field.setProperty("bare", True)
        self.field.setAccessibleName("Find or run")
        self.field.setFont(theme().sized(15))
        self.field.setFixedHeight(px(47))
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._typed)
        self._count = Label("", "small", "muted")
        head.addWidget(self.field, 1)
        head.addWidget(self._count)
        column.addLayout(head)
        self.list = PaletteList(self._run)
        column.addWidget(self.list)
        column.addWidget(_Foot())
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(60)
        self._pause.timeout.connect(self._read_deals)

    # Reading

    def _read_partners(self) -> None:
        if self._window.desk.is_open:
            from partnerdesk.queries.search import partner_hits

            self._window.desk.read(partner_hits, done=self._have_partners, slot="palette.partners")

    def _have_partners(self, hits: "Sequence[PartnerHit]") -> None:
        self._found.partners = hits
        self._match()

    def _read_deals(self) -> None:
        letters = self._letters()
        if self._window.desk.is_open and len(letters) >= 2:
            from partnerdesk.queries.search import deal_hits

            self._window.desk.read(deal_hits, letters, done=self._have_deals, slot="palette.deals")

    def _have_deals(self, hits: "Sequence[DealHit]") -> None:
        self._found.deals = hits
        self._match()

    # Matching

    def _only(self) -> str:
        return PREFIXES.get(self.field.text()[:1], "")

    def _letters(self) -> str:
        return self.field.text()[1 if self._only() else 0 :].strip()

    def _typed(self) -> None:
        self._found.deals = ()
        if self._only() in ("", "deals"):
            self._pause.start()
        self._match()

    def _match(self) -> None:
        letters, only = self._letters(), self._only()
        groups: list[tuple[str, list[Entry]]] = []
        if only in ("", "partners"):
            groups.append(("Partners", self._partners(letters)))
        if only in ("", "deals") and letters:
            groups.append(("Deals", [self._deal(hit, letters) for hit in self._found.deals]))
        if not only:
            groups.append(("Pages", self._commands(letters, pages=True)))
        if only in ("", "commands"):
            groups.append((self._command_title(), self._commands(letters, pages=False)))
        groups = [(title, entries) for title, entries in groups if entries]
        count = sum(len(entries) for _title, entries in groups)
        self._count.setText(("1 result" if count == 1 else f"{count} results") if letters else "")
        self.list.show_groups(groups)
        self._place()

    def _command_title(self) -> str:
        name = self._window.partner[1]
        return f"Commands, {name}" if name else "Commands"

    def _partners(self, letters: str) -> list[Entry]:
        from partnerdesk.queries.search import places_of

        recent: list[str] = self._window.state.get("palette.partners", [])
        found = []
        for hit in self._found.partners:
            places = places_of(letters, hit.name)
            if places is not None:
                note = " · ".join(part for part in (hit.type, hit.country) if part)
                recency = recent.index(hit.id) if hit.id in recent else len(recent)
                entry = Entry(hit.name, note, "users-round", (), places, self._opens(hit))
                found.append((_looseness(places), recency, hit.name.casefold(), entry))
        return [entry for *_order, entry in sorted(found, key=lambda f: f[:3])][:PER_GROUP]

    def _opens(self, hit: "PartnerHit") -> Callable[[], object]:
        def then() -> None:
            kept: list[str] = self._window.state.get("palette.partners", [])
            self._window.state.set("palette.partners", [hit.id, *(k for k in kept if k != hit.id)][:10])
            self._window.go(Place("partners", hit.id))

        return then

    def _deal(self, hit: "DealHit", letters: str) -> Entry:
        from partnerdesk.queries.search import places_of

        formats = self._window.desk.formats
        money = formats.money(hit.amount, currency=hit.currency) if hit.amount is not None else ""
        day = f"closes {formats.short_day(hit.closes)}" if hit.closes and hit.status == "open" else hit.status
        title = f"{hit.id} {hit.name}".strip()
        note = " · ".join(part for part in (hit.partner_name, money, day) if part)
        place = Place("partners", hit.partner, "earnings", hit.id)
        return Entry(title, note, "calendar-clock", (), places_of(letters, title) or (), lambda: self._window.go(place))

    def _commands(self, letters: str, pages: bool) -> list[Entry]:
        from partnerdesk.queries.search import places_of

        commands = self._window.commands
        page_ids = {f"page.{page.id}" for page in self._window.pages}
        found = []
        for id, row in commands.rows.items():
            if (id in page_ids) != pages or not row.listed or id == "app.find":
                continue
            text = commands.text(id)
            places = places_of(letters, text)
            if places is None or commands.why_not(id):
                continue
            keys = tuple(shown(row.keys[0]).split("+")) if row.keys else ()
            run = _triggers(commands.trigger, id)
            found.append((_looseness(places), Entry(text, "", row.icon or "square-arrow-right", keys, places, run)))
        found.sort(key=lambda f: f[0])
        return [entry for _loose, entry in found][: PER_GROUP if letters else MOST]

    # Running and closing

    def _run(self, entry: Entry) -> None:
        self.close()
        entry.then()

    def closeEvent(self, event: Any) -> None:
        self._window.removeEventFilter(self)
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        super().closeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self._cover()
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.close()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.list.step(1 if key in (Qt.Key.Key_Down, Qt.Key.Key_Tab) else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.list.run()
        else:
            return False
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._box.geometry().contains(event.position().toPoint()):
            self.close()

    # Painting

    def _cover(self) -> None:
        self.setGeometry(self._window.rect())
        self._place()

    def _place(self) -> None:
        px = theme().px
        width = min(px(WIDTH), self.width() - px(32))
        height = px(48) + self.list.wanted_height(self.height() - px(TOP + 48 + 34 + 40)) + px(34)
        self._box.setGeometry((self.width() - width) // 2, px(TOP), width, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        scrim = QColor(theme().colour("text"))
        scrim.setAlphaF(0.16)
        QPainter(self).fillRect(self.rect(), scrim)


def _triggers(trigger: Callable[[str], None], id: str) -> Callable[[], None]:
    return lambda: trigger(id)


def _looseness(places: tuple[int, ...]) -> tuple[int, int]:
    """Whole matches at the beginning first, then whole ones further in, then scattered letters."""
    if not places:
        return (0, 0)
    return (places[-1] - places[0] - len(places) + 1, places[0])


class _Box(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), theme().px
        brush.box(painter, QRectF(self.rect()), "bg", "border", 8)
        icons.paint(painter, "search", px(17), px(16), "muted", 18)
        brush.hairline(painter, 1, self.width() - 1, px(48), "line")


class _Foot(QWidget):
    """What the prefixes and keys do."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(theme().px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), theme().px
        brush.hairline(painter, 0, self.width(), 0, "line")
        font = theme().font("small")
        x = float(px(16))
        for sign, words in PREFIXES.items():
            x += brush.text(painter, QRectF(x, 0, px(20), self.height()), sign, theme().font("small_name"))
            x += px(4)
            x += brush.text(painter, QRectF(x, 0, px(120), self.height()), words, font, "muted") + px(20)
        hints = "↑↓ choose     Enter open     Esc close"
        brush.text(painter, QRectF(0, 0, self.width() - px(16), self.height()), hints, font, "muted", brush.RIGHT)
