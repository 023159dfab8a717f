"""The command palette (Ctrl+K): partners by three letters, pages, commands and deals in one list.

`>` shows commands only, `@` partners, `#` deals. What the book holds is read while one types; pages and commands are
there at once. Matched letters are painted, never marked up.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from partnerdesk.engine.folding import marked, search_words
from partnerdesk.ui.actions import shown
from partnerdesk.ui.overlay import Overlay
from partnerdesk.ui.palette.listing import Entry, PaletteList
from partnerdesk.ui.palette.matching import looseness, places_of
from partnerdesk.ui.palette.places import place_of
from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush
from partnerdesk.ui.widgets.text import Label
from partnerdesk.ui.window.frame import Frame

if TYPE_CHECKING:
    from partnerdesk.queries.search import Hit

FOOT = 34
MOST_FOUND, PER_GROUP = 24, 5
PREFIXES = {">": "commands", "@": "partners", "#": "deals"}
# What a search finds, by heading: kinds and icon.
GROUPS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("Partners", ("partner",), "users-round"),
    ("Deals and renewals", ("deal", "contract"), "calendar-clock"),
    ("People", ("person",), "user-round"),
    ("Actions and notes", ("action", "note"), "list-checks"),
    ("Plans and reviews", ("plan", "review"), "presentation"),
    ("Statements, disputes and funds", ("statement", "dispute", "fund", "agreement"), "file-spreadsheet"),
    ("Playbooks and library", ("run", "playbook", "pathway", "library"), "book-open"),
    ("Rules", ("rule",), "scale"),
)
SLOT = "palette"
ACTS = (("partner.note", "square-plus"), ("partner.review", "presentation"), ("partner.statement", "file-spreadsheet"))
HIDDEN = ("app.find",)


class Palette(Overlay):
    """Finds while one types; Enter opens or runs the current result."""

    @classmethod
    def open(cls, window: Frame) -> None:
        """Show it, or close the one that is shown."""
        shown_now = [palette for palette in window.findChildren(cls) if palette.isVisible()]
        if shown_now:
            shown_now[0].close()
        else:
            cls(window)

    def __init__(self, window: Frame) -> None:
        super().__init__(window, "Find or run", "search")
        self._hits: Sequence[Hit] = ()
        px = theme().px
        head = QHBoxLayout()
        head.setContentsMargins(px(46), 0, px(16), 0)
        self.field.textChanged.connect(self._typed)
        self._count = Label("", "small", "muted")
        head.addWidget(self.field, 1)
        head.addWidget(self._count)
        self.list = PaletteList(self._run)
        self.column.addLayout(head)
        self.column.addWidget(self.list)
        self.column.addWidget(_Foot())
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(30)
        self._pause.timeout.connect(self._read)
        self.appear()
        self._read()
        self._match()

    def height_below(self, room: int) -> int:
        foot = theme().px(FOOT)
        return self.list.wanted_height(room - foot) + foot

    def key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.list.step(1 if key in (Qt.Key.Key_Down, Qt.Key.Key_Tab) else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.list.run()
        else:
            return False
        return True

    # Reading

    def _read(self) -> None:
        only = self._only()
        kinds = {"partners": ("partner",), "deals": ("deal", "contract")}.get(only)
        if not self._window.desk.is_open or only == "commands":
            return
        if self._letters():
            from partnerdesk.queries.search import KINDS, search

            letters, most = self._letters(), MOST_FOUND if kinds else PER_GROUP
            self._window.desk.read(search, letters, most, kinds or KINDS, done=self._have, slot=SLOT)
        else:
            self._have(())

    def _have(self, hits: "Sequence[Hit]") -> None:
        self._hits = hits
        self._match()

    # Matching

    def _only(self) -> str:
        return PREFIXES.get(self.field.text()[:1], "")

    def _letters(self) -> str:
        return self.field.text()[1 if self._only() else 0 :].strip()

    def _typed(self) -> None:
        self._pause.start()
        self._match()

    def _match(self) -> None:
        letters, only = self._letters(), self._only()
        groups: list[tuple[str, list[Entry]]] = []
        if only != "commands" and letters:
            groups += [(title, self._found(letters, kinds, icon)) for title, kinds, icon in GROUPS]
        if not letters and not only:
            groups.append(("Recent", self._recent()))
        if not only:
            groups.append(("Pages", self._commands(letters, pages=True)))
        if only in ("", "commands"):
            groups.append((self._command_title(), self._commands(letters, pages=False)))
        groups = [(title, entries) for title, entries in groups if entries]
        partner = self._first_partner() if letters and not only else None
        if partner is not None:
            groups.insert(1, (f"For {partner.title}", self._acts(partner)))
        count = sum(len(entries) for _title, entries in groups)
        self._count.setText(("1 result" if count == 1 else f"{count} results") if letters else "")
        self.list.show_groups(groups)
        self.place()

    def _command_title(self) -> str:
        name = self._window.partner[1]
        return f"Commands, {name}" if name else "Commands"

    def _found(self, letters: str, kinds: tuple[str, ...], icon: str) -> list[Entry]:
        words = search_words(letters)
        hits = [hit for hit in self._hits if hit.kind in kinds]
        return [self._entry(hit, words, icon) for hit in hits[: MOST_FOUND if self._only() else PER_GROUP]]

    def _entry(self, hit: "Hit", words: Sequence[str], icon: str) -> Entry:
        """A hit as a row; where its title does not show what was typed, the stretch of its text that does."""
        about = "" if hit.kind == "partner" else hit.partner_name
        lead = " · ".join(part for part in (about, hit.detail, self._day(hit)) if part)
        note = " · ".join(part for part in (about, hit.snippet) if part) if hit.snippet else lead
        begin = len(note) - len(hit.snippet)
        marks = tuple((begin + start, length) for start, length in marked(hit.snippet, words))
        places = tuple(at for start, length in marked(hit.title, words) for at in range(start, start + length))
        return Entry(hit.title, note, icon, (), places, self._opens(place_of(hit), hit.title), marks)

    def _first_partner(self) -> "Hit | None":
        return next((hit for hit in self._hits if hit.kind == "partner"), None)

    def _acts(self, hit: "Hit") -> list[Entry]:
        """What is done most with a partner that was found: no need to open it first."""

        def about(command: str) -> Callable[[], object]:
            def run() -> None:
                window = self._window
                before, here = window.partner, window.trail.here
                window.set_partner(hit.id, hit.title)
                window.commands.trigger(command)
                if window.trail.here == here:  # the page that stands is still about its own partner
                    window.set_partner(*before)

            return run

        found = []
        for command, icon in ACTS:
            if not self._window.commands.why_not(command, given="partner"):
                keys = self._window.commands.rows[command].keys
                text = self._window.commands.text(command)
                found.append(
                    Entry(text, "", icon, tuple(shown(keys[0]).split("+")) if keys else (), (), about(command))
                )
        return found

    def _day(self, hit: "Hit") -> str:
        return self._window.desk.formats.short_day(hit.day) if hit.day is not None else ""

    def _opens(self, place: Place, title: str) -> Callable[[], object]:
        def then() -> None:
            self._window.recent_places.pop(place, None)
            self._window.recent_places[place] = title  # names stay in memory: nothing of a book is kept beside it
            self._window.go(place)

        return then

    def _recent(self) -> list[Entry]:
        recent = list(reversed(self._window.recent_places.items()))[:PER_GROUP]
        return [Entry(title, "", "history", (), (), partial(self._window.go, place)) for place, title in recent]

    def _commands(self, letters: str, pages: bool) -> list[Entry]:
        commands = self._window.commands
        page_ids = {f"page.{page.id}" for page in self._window.pages}
        found = []
        for id, row in commands.rows.items():
            text = commands.text(id)
            places = places_of(letters, text) if (id in page_ids) == pages and id not in HIDDEN else None
            if places is not None and not commands.why_not(id):
                keys = tuple(shown(row.keys[0]).split("+")) if row.keys else ()
                run = partial(commands.trigger, id)
                found.append((looseness(places), Entry(text, "", row.icon or "square-arrow-right", keys, places, run)))
        found.sort(key=lambda f: f[0])
        return [entry for _loose, entry in found][: PER_GROUP if letters else MOST_FOUND]

    # Running and closing

    def _run(self, entry: Entry) -> None:
        self.close()
        entry.then()

    def closeEvent(self, event: object) -> None:
        self._window.desk.jobs.drop(SLOT)
        super().closeEvent(event)


class _Foot(QWidget):
    """What the prefixes and keys do."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(theme().px(FOOT))

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
