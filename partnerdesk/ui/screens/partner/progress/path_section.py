"""The path to a tier, on Progress and beside the forecast: what to do, what each is for, and what is missing."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.forecast import path_words as words
from partnerdesk.forecast.efforts import AGAIN, CERTIFICATE, LIVE
from partnerdesk.ui.exporting import export_away, path_from
from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.screens.need_words import plural
from partnerdesk.ui.screens.partner.progress.path_ways import PathWays, WayRow
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.widgets.chip import Chip
from partnerdesk.ui.widgets.section import Hairline, SectionTitle
from partnerdesk.ui.widgets.status import Status
from partnerdesk.ui.widgets.text import Label, LineLabel

if TYPE_CHECKING:
    from datetime import date

    from partnerdesk.forecast.actions import Action
    from partnerdesk.forecast.path import Path, Step
    from partnerdesk.queries.path import PathView
    from partnerdesk.ui.screens.partner.tab import PartnerTab

THEIRS = (AGAIN, CERTIFICATE, LIVE)  # the kinds that the partner's own people bring about


class PathSection(QWidget):
    """Asks for the path when it is told to; a tier and a review can then be chosen, and its steps become actions."""

    def __init__(self, tab: "PartnerTab", tier: str = "") -> None:
        super().__init__()
        self._tab, self._partner = tab, tab.partner
        self.view: PathView | None = None
        self.shown: Path | None = None
        self._asked: tuple[str, date | None] = (tier, None)
        px = theme().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        self.find_it = Button("Find the path", self.look, icon="signpost", inner=True)
        self.tier = Chip("", "signpost", says="Tier", then=lambda: None)
        self.review = Chip("", "calendar", says="By the end of", then=lambda: None)
        self.title = SectionTitle(f"Path to {tier}" if tier else "Path to a tier", "the cheapest actions that reach it")
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(self.title, 1)
        for widget in (self.tier, self.review, self.find_it):
            head.addWidget(widget)
        self.tier.hide()
        self.review.hide()
        column.addLayout(head)
        self.ways = PathWays(tab.formats, tab.shell.state, self._show_path)
        self.ways.hide()
        column.addWidget(self.ways)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        column.addLayout(self._lines)

    def go_on(self, before: "PathSection | None") -> None:
        """Take the place of a section that had found the path: it stands while it is looked for anew."""
        if before is not None and before.view is not None and before._partner == self._partner:
            self._asked = before._asked
            self.show_view(before.view)
            self.look()

    def look(self) -> None:
        """Look for the ways, in a process of their own."""
        tab, (tier, until) = self._tab, self._asked
        self.find_it.allow("it is being looked for")
        self.title.set(self.title.title.text(), "looking for the cheapest actions that reach it")
        done = partial(self._arrived, tab.partner, self._asked)
        label = "Looking for the path"
        export_away(tab.host, label, path_from, tab.partner, tab.desk.today(), tier, until, done=done, slot="path")

    def _arrived(self, partner: str, asked: "tuple[str, date | None]", found: "PathView") -> None:
        if (partner, asked) == (self._tab.partner, self._asked):
            self.show_view(found)

    def show_view(self, found: "PathView") -> None:
        """Show the ways that were found."""
        self.view = found
        formats, one = self._tab.formats, found.paths
        self.find_it.hide()
        self.title.set(f"Path to {one.tier}", "" if one.is_reached else words.finding(one))
        self.tier.set_text(one.tier)
        self.tier.offer([(tier, tier) for tier in found.tiers or (one.tier,)], self._to_tier)
        self.review.set_text(f"by {formats.day(one.period.end)}")
        self.review.offer([(formats.day(p.end), p.end) for p in found.reviews], self._by)
        self.tier.show()
        self.review.show()
        self.ways.setVisible(bool(one.paths))
        if one.paths:  # the first of them becomes the one that is shown
            self.ways.show_ways([WayRow(p, b) for p, b in zip(one.paths, found.brings, strict=True)])
        else:
            self._show_path(None)

    def _to_tier(self, tier: object) -> None:
        self._asked = (str(tier), self._asked[1])
        self.look()

    def _by(self, day: object) -> None:
        self._asked = (self._asked[0], day)  # type: ignore[assignment]
        self.look()

    def _show_path(self, path: "Path | None") -> None:
        assert self.view is not None
        self.shown = path
        _emptied(self._lines)
        if path is None:
            self._without()
            return
        for step in path.steps:
            self._lines.addWidget(self._step(step))
            self._lines.addWidget(Hairline("line2"))
        self._lines.addWidget(self._foot(path))

    def _without(self) -> None:
        """Reached anyway, or what is missing with everything done."""
        assert self.view is not None
        found, formats = self.view.paths, self._tab.formats
        if found.is_reached:
            self._lines.addWidget(Status("good", f"{found.tier} is reached as things stand"))
            return
        count = plural(len(found.offered), "thing")
        said = f"With all of the {count} done that can be done by {formats.day(found.period.end)}:"
        self._lines.addWidget(Label(said, "small", "muted", wrap=True))
        for need in found.missing:
            self._lines.addWidget(Status("warn", words.missing(need, formats.number, formats.percent)))
        for reason in found.held_back:
            self._lines.addWidget(Status("warn", reason))

    def _step(self, step: "Step") -> QWidget:
        line, px, formats = QWidget(), theme().px, self._tab.formats
        row = QHBoxLayout(line)
        row.setContentsMargins(0, px(4), 0, px(4))
        row.setSpacing(px(12))
        action = step.action
        row.addWidget(LineLabel(action.says, "body"), 5)
        row.addWidget(LineLabel(words.step_note(step, formats.number), "small", "muted"), 4)
        chance = f"{formats.percent(action.chance, 0)} likely" if action.chance is not None else "no record"
        for text in (f"by {formats.short_day(action.day)}", chance):
            told = LineLabel(text, "small", "muted")
            told.setFixedWidth(px(72))
            row.addWidget(told)
        add = Button("Add", lambda: self._add((action,)), inner=True)
        add.setAccessibleName(f"Add the action {action.says}")
        row.addWidget(add)
        return line

    def _foot(self, path: "Path") -> QWidget:
        assert self.view is not None
        line, formats = QWidget(), self._tab.formats
        row = QHBoxLayout(line)
        row.setContentsMargins(0, theme().px(6), 0, 0)
        who = "a person decides, and it counts" if self.view.is_decided else "it counts"
        told = f"Once reached, {who} from {formats.day(self.view.counts_from)}."
        row.addWidget(Label(told, "small", "muted", wrap=True), 1)
        count = len(path.steps)
        self.add_all = Button(f"Add {plural(count, 'action')}", self._all, icon="plus", inner=True)
        row.addWidget(self.add_all)
        return line

    def _all(self) -> None:
        assert self.shown is not None
        self._add(tuple(step.action for step in self.shown.steps))

    def _add(self, chosen: "tuple[Action, ...]") -> None:
        """Write steps down as actions of whoever brings them about."""
        from partnerdesk.ops.joint.path_actions import PathAction, add_path_actions

        assert self.view is not None
        tab, found = self._tab, self.view.paths
        steps = [PathAction(a.says, "partner" if a.kind in THEIRS else "vendor", a.day, _contract(a)) for a in chosen]
        goal = f"{found.tier} by {tab.formats.day(found.period.end)}"
        tab.host.run(
            f"Add {plural(len(steps), 'action')}",
            add_path_actions,
            tab.partner,
            steps,
            goal=goal,
            owner=tab.desk.user,
            on=tab.desk.today(),
            done=self._added,
        )

    def _added(self, count: int) -> None:
        shell = self._tab.shell
        if count:
            shell.toast(f"{plural(count, 'action')} added", "Undo", self._tab.desk.undo)
        else:
            shell.toast("They are among the open actions already", "Show", lambda: shell.go(Place("actions")))


def _contract(action: "Action") -> str | None:
    return action.fact[1] if action.fact is not None and action.fact[0] == "contract" else None


def _emptied(layout: "QVBoxLayout | QHBoxLayout") -> None:
    """Takes everything out of a layout, layouts inside it as well."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        if isinstance(inner, QHBoxLayout | QVBoxLayout):
            _emptied(inner)
