"""Today: who needs me, ranked by the value at stake; four figures of the book; the next days and who owes whom.

The view of the last session is shown at once when nothing was written since; otherwise it is computed and kept.
"""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.ui.screens.base import Place, Screen
from partnerdesk.ui.screens.need_list import NeedList
from partnerdesk.ui.screens.need_words import plural
from partnerdesk.ui.screens.today_aside import TodayAside
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush
from partnerdesk.ui.widgets.button import Button, link
from partnerdesk.ui.widgets.chip import Chip
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.section import Hairline, SectionTitle, Tile
from partnerdesk.ui.widgets.text import Label, LineLabel
from partnerdesk.ui.widgets.wrap import Wrap

if TYPE_CHECKING:
    from partnerdesk.queries.today.view import Need, Today
    from partnerdesk.queries.today.view import Tile as TileRow
    from partnerdesk.reports.format import Formats

FIRST_ROWS = 12
PREPARE_MS = 400  # after a kept view stands


class TodayScreen(Screen):
    ID: ClassVar[str] = "today"
    TITLE: ClassVar[str] = "Today"
    READS = frozenset({"*"})
    ASIDE_WIDTH: ClassVar[int] = 288

    def build(self) -> None:
        self.view: Today | None = None
        self._all = False
        self.rules = Chip("", "scale", says="Program version")
        self.quick = Button("Quick action", self._quick, icon="plus", keys="Ctrl+Shift+A")
        self.header.add(self.rules, self.quick)
        self.body.addWidget(self._top())
        self._make_list()
        self.body.addWidget(self._foot())
        self._aside = TodayAside(self._go)

    def _top(self) -> QWidget:
        """The figures of the book, and the heading of the list."""
        px = theme().px
        top = QWidget()
        column = QVBoxLayout(top)
        column.setContentsMargins(px(24), px(4), px(24), px(4))
        column.setSpacing(0)
        self.tiles = [Tile("") for _ in range(4)]
        column.addWidget(Wrap(self.tiles, least=128))
        column.addSpacing(px(14))
        column.addWidget(Hairline())
        column.addSpacing(px(10))
        column.addLayout(self._heading())
        return top

    def _make_list(self) -> None:
        """The list, and what stands there when it has no rows."""
        self.list = NeedList()
        self.list.acted.connect(self._act)
        self.list.done.connect(self._done)
        self.list.snoozed.connect(self._snooze)
        self.list.picked.connect(self._picked)
        self.body.addWidget(self.list, 1)
        self.empty = Empty("All clear", "Nothing is due, late or out of line.", icon="circle-check")
        self.first = Empty(
            "Nothing here yet",
            "Partners come with a spreadsheet or are added one by one.",
            ("Import a file", lambda: self.shell.commands.trigger("data.import")),
            (("Add a partner", lambda: self.shell.commands.trigger("partner.new")),),
            icon="users-round",
        )
        for empty in (self.empty, self.first):
            empty.hide()
            self.body.addWidget(empty, 1)

    def _heading(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        self.title = SectionTitle("Needs you")
        row.addWidget(self.title, 1)
        self.value_head = LineLabel("Value", "header", "muted", brush.RIGHT)
        self.due_head = LineLabel("Due", "header", "muted", brush.RIGHT)
        self.keys_head = LineLabel("D done, S snooze", "header", "muted", brush.RIGHT)
        px = theme().px
        for label, width in ((self.value_head, 100), (self.due_head, 68), (self.keys_head, 124)):
            label.setFixedWidth(px(width))
            row.addWidget(label)
        return row

    def _foot(self) -> QWidget:
        foot = QWidget()
        px = theme().px
        row = QHBoxLayout(foot)
        row.setContentsMargins(px(24), px(10), px(24), px(14))
        self.rest = Label("", "small", "muted")
        self.more = link("", self._toggle_all)
        row.addWidget(self.rest, 1)
        row.addWidget(self.more)
        return foot

    def aside(self) -> QWidget:
        return self._aside

    def first_focus(self) -> QWidget:
        return self.list

    def commands(self) -> dict[str, Callable[[], object]]:
        return {"tools.recompute": self._compute}

    # Reading

    def reload(self) -> None:
        from partnerdesk.queries.today.view import kept_today

        self.read(kept_today, self.desk.today(), done=self._recalled, slot="view")

    def _recalled(self, view: "Today | None") -> None:
        if view is None:
            self._compute()
        else:
            self._show(view)
            QTimer.singleShot(PREPARE_MS, self, self._prepare)

    def _compute(self) -> None:
        self.read(today, self.desk.today(), done=self._computed, slot="view")

    def _computed(self, view: "Today") -> None:
        self._show(view)
        if self.desk.book is not None and self.desk.book.is_writable:
            # What cannot be kept is computed again at the next start; nobody needs to hear of it.
            self.desk.with_store("Keeping Today", _keep, view, failed=lambda _error: None)

    def _show(self, view: "Today") -> None:
        self.view = view
        formats = self.desk.formats
        self.header.set("Today", f"{_weekday(view.as_of)} {formats.day(view.as_of)}")
        self.rules.set_text(f"Rules v{view.version}" if view.version else "No program yet")
        for tile, row in zip(self.tiles, view.tiles, strict=False):
            self._show_tile(tile, row)
        for tile in self.tiles:
            tile.setVisible(bool(view.tiles))
        self.value_head.set_text(f"Value, {view.currency}" if view.currency else "Value")
        self._show_needs()
        self._aside.show_view(view, formats)
        self.shell.badge(self.ID, len(view.needs))
        self.shell.badge("partners", view.partners)
        self._point_out(view)

    def _prepare(self) -> None:
        """Have the figures at hand before the first partner is opened: a kept view was shown without them."""
        if self.desk.is_open and self.isVisible() and not self.desk.jobs.is_busy:
            from partnerdesk.queries.today.view import prepare

            self.desk.read(prepare, self.desk.today(), done=lambda _count: None, slot="today.prepare")

    def _point_out(self, view: "Today") -> None:
        """For someone new to the sample: the partner closest to its next tier."""
        near = min((n for n in view.needs if n.event == "near"), key=lambda n: n.figure or 0, default=None)
        if near is not None:
            points = self.desk.formats.number(near.figure or 0, 1)
            text = f"{near.partner_name} is {points} points from {near.subject}"
            self.shell.coach("tier", self.title.note, text, lambda: self._go(near.target))

    def _show_needs(self) -> None:
        assert self.view is not None
        needs = self.view.needs
        shown = needs if self._all else needs[:FIRST_ROWS]
        self.title.set("Needs you", f"{len(needs)}, by value at stake" if needs else "")
        self.title.setVisible(self.view.partners > 0)
        self.list.set_needs(shown, self.desk.formats)
        self.list.setVisible(bool(needs))
        self.empty.setVisible(not needs and self.view.partners > 0)
        self.first.setVisible(not needs and self.view.partners == 0)
        for head in (self.value_head, self.due_head, self.keys_head):
            head.setVisible(bool(needs))
        hidden = len(needs) - len(shown)
        parts = [f"{self.view.snoozed} snoozed" if self.view.snoozed else "", f"{hidden} more" if hidden else ""]
        self.rest.setText("     ".join(part for part in parts if part))
        self.more.set_text("Show fewer" if self._all else f"Show all {len(needs)}")
        self.more.setVisible(len(needs) > FIRST_ROWS)

    def _show_tile(self, tile: Tile, row: "TileRow") -> None:
        formats = self.desk.formats
        tile.label.set_text(row.label)
        if row.value is None:
            tile.show_figure("\N{EN DASH}", note="not evaluated yet")
            return
        text = formats.percent(row.value) if row.unit == "%" else formats.compact(row.value)
        unit = "" if row.unit == "%" else row.unit
        note, kind = _contracts(row), ""
        if row.change is not None:
            size = _size(abs(row.change), row.change_unit, formats)
            kind = "up" if row.change > 0 else "down" if row.change < 0 else ""
            note = f"{size} {row.against}" if kind else f"unchanged {row.against}"
        tile.show_figure(text, unit, note=note, kind=kind)

    # Acting

    def _toggle_all(self) -> None:
        self._all = not self._all
        self._show_needs()

    def _quick(self) -> None:
        self.shell.commands.trigger("partner.note")

    def _picked(self, need: "Need") -> None:
        """Quick actions are about the partner of the selected row."""
        if need.partner:
            self.shell.set_partner(need.partner, need.partner_name)

    def _act(self, need: "Need") -> None:
        if need.kind == "action":
            self._done(need)
        else:
            self._go(need.target)

    def _go(self, target: tuple[str, ...]) -> None:
        """Opens what a row is about: a partner's tab, a review, a period, a renewal or an action in the list of all."""
        page, *rest = target
        if page == "partner":
            self.shell.go(Place("partners", *rest[:3]))
        elif page == "action":
            self.shell.go(Place("actions", "", "actions", f"#{rest[0]}"))
        else:
            self.shell.go(Place(page, *rest[:3]))

    def _done(self, need: "Need") -> None:
        from partnerdesk.ops.joint.actions import complete_action

        if need.kind != "action":
            self.messages.say("info", "Only an action can be marked as done.", "Open this one, or snooze it with S.")
            return
        id = int(need.target[1])
        self.run("Mark action done", complete_action, id, on=self.desk.today(), toast="Marked as done")

    def _snooze(self, need: "Need") -> None:
        from partnerdesk.ops.today import snooze

        today = self.desk.today()
        until = today + timedelta(days=7 - today.weekday())
        words = f"Snoozed until {self.desk.formats.short_day(until)}"
        self.run("Snooze", snooze, need.key, until=until, today=today, toast=words)


def _contracts(row: "TileRow") -> str:
    if row.count is None:
        return ""
    owners = f", {row.unowned} without an owner" if row.unowned else ""
    return plural(row.count, "contract") + owners


def _size(change: Decimal, unit: str, formats: "Formats") -> str:
    if unit == "share":
        return formats.percent(change, 0)
    return f"{formats.number(change * 100, 1)} points" if unit == "points" else formats.compact(change)


def today(session: Any, day: date) -> "Today":
    """Today as it is now. The engine comes with it, which takes long enough to be loaded where it does not stop the
    window.
    """
    from partnerdesk.queries.today import ranked

    return ranked.today(session, day)


def _keep(store: Any, view: "Today") -> None:
    from partnerdesk.queries.today.view import cache_key, to_bytes

    store.remember(cache_key(view.as_of), to_bytes(view), view.revision)


def _weekday(day: date) -> str:
    return "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()[day.weekday()]
