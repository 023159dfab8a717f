"""What can be done with a line of a list: add, move, remove, make it a commitment or a plan change, say how it went."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu

from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.screens.review.opened import OpenReview
from partnerdesk.ui.widgets.text import literal

if TYPE_CHECKING:
    from partnerdesk.ui.table.view import DataTable

ITEMS = ("agenda", "win", "ask", "decision", "issue")
LINES = (*ITEMS, "notes")  # rows that are lines of the review
AGAIN = timedelta(days=30)  # until when what slipped is promised again
Key = Qt.Key


class ListActs(QObject):
    """The menu and the keys of the lists of one opened."""

    def __init__(self, opened: OpenReview) -> None:
        super().__init__(opened)
        self._opened = opened

    def attach(self, table: "DataTable", key: str) -> None:
        """Give a table its menu and keys."""
        table.offer_menu(lambda row: [*self._menu(table, key, row)])
        table.installEventFilter(self)
        table.setProperty("list", key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Del removes a line, Alt+Up and Alt+Down move it, Ctrl+V pastes people."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and not self._is_held:
            table: Any = watched
            row, key = table.current_row(), str(table.property("list"))
            if key == "people" and event.matches(QKeySequence.StandardKey.Paste):
                self.ask_several(QGuiApplication.clipboard().text())
                return True
            if row is not None and event.key() == Key.Key_Delete and key != "promised":
                self.remove(key, row)
                return True
            steps = {Key.Key_Up: -1, Key.Key_Down: 1}
            if row is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in steps:
                return self.move(key, row, steps[Key(event.key())])
        return False

    @property
    def _is_held(self) -> bool:
        return self._opened.view is None or self._opened.view.review.is_held

    # The menu

    def _menu(self, table: "DataTable", key: str, row: Any) -> Iterator[QAction | None]:
        if key == "promised":
            yield from self._how_it_went(row)
            return
        if self._is_held and key != "heard":
            return
        yield self._act("Edit\tF2", table.begin_edit)
        if key in LINES and key != "agenda":
            yield self._act("Make it a commitment\tC", partial(self.commit, row))
            yield self._act("Change the joint plan by it\tP", partial(self.plan, row))
        if key in ITEMS:
            yield None
            yield self._act("Move up\tAlt+Up", lambda: self.move(key, row, -1))
            yield self._act("Move down\tAlt+Down", lambda: self.move(key, row, 1))
        yield None
        yield self._act("Remove\tDel", partial(self.remove, key, row))

    def _how_it_went(self, row: Any) -> Iterator[QAction | None]:
        from partnerdesk.ops.joint import actions

        host, today = self._opened.host, self._opened.host.desk.today()
        if row.is_open:
            done = partial(host.run, "Mark action done", actions.complete_action, row.id, on=today)
            yield self._act("Done\tD", done)
            yield self._act("Done, with evidence…\tE", partial(self.prove, row))
            yield self._act("Dropped, with a reason…", partial(self._ask_reason, row))
            if not self._is_held:
                yield self._act("Carry over into this review\tC", partial(self.carry, row))
        elif row.status != "open":
            yield self._act("Evidence…\tE", partial(self.prove, row))
            yield self._act("Open it again", partial(host.run, "Reopen action", actions.reopen_action, row.id))

    def _act(self, text: str, then: Callable[[], object]) -> QAction:
        action = QAction(literal(text), self._opened)
        action.triggered.connect(lambda _on=False: then())
        return action

    def letters(self, key: str, row: Any) -> dict[str, Callable[[], object]]:
        """What a single key does in a list: C commitment or carry over, P plan change, D done, E with evidence."""
        wanted: dict[str, Callable[[Any], object]] = {}
        if key == "promised":
            wanted = {"D": self.done, "E": self.prove, "C": self.carry}
        elif key in LINES and key != "agenda":
            wanted = {"C": self.commit, "P": self.plan}
        return {letter: partial(act, row) for letter, act in wanted.items()} if row is not None else {}

    # Acting

    def commit(self, row: Any) -> None:
        """A line becomes a commitment of its owner's side."""
        from partnerdesk.ops.joint.review_outcome import make_commitment

        today = self._opened.host.desk.today()
        self._opened.host.run("Make it a commitment", make_commitment, row.id, on=today, toast="Commitment added")

    def plan(self, row: Any) -> None:
        """A line changes the joint plan, in its next version where it is agreed."""
        from partnerdesk.ops.joint.review_outcome import make_plan_change

        host, view = self._opened.host, self._opened.view
        assert view is not None
        there = Place("partners", view.review.partner, "plan")

        def changed(_plan: int) -> None:
            host.shell.toast("The joint plan has it", "Open the plan", lambda: host.shell.go(there))

        def refused(error: Exception) -> None:
            host.messages.say_error(error, actions=[("Open the plan", lambda: host.shell.go(there))])

        host.run("Change the plan", make_plan_change, row.id, on=host.desk.today(), done=changed, failed=refused)

    def done(self, row: Any) -> None:
        """What was promised is done."""
        from partnerdesk.ops.joint.actions import complete_action

        host = self._opened.host
        if row.is_open:
            host.run("Mark action done", complete_action, row.id, on=host.desk.today(), toast="Marked as done")

    def prove(self, row: Any) -> None:
        """What was promised is done, with what shows it; of what ended before, the evidence is kept."""
        from partnerdesk.ops.joint.actions import complete_action, show_evidence
        from partnerdesk.ui.dialogs.evidence import EvidenceDialog

        host = self._opened.host

        def then(outcome: str, evidence: str) -> None:
            if row.is_open:
                given: dict[str, Any] = {"on": host.desk.today(), "outcome": outcome, "evidence": evidence}
                host.run("Mark action done", complete_action, row.id, toast="Marked as done", **given)
            else:
                host.run("Keep evidence", show_evidence, row.id, {}, evidence=evidence, toast="Kept the evidence")

        EvidenceDialog(host.window(), "this action", row, host.desk.formats, then, ends=row.is_open).open()

    def move(self, key: str, row: Any, by: int) -> bool:
        """One place up or down among the lines of its kind."""
        from partnerdesk.ops.joint.reviews import move_item

        if key not in ITEMS:
            return False
        self._opened.change("Move line", move_item, row.id, max(row.position + by, 1))
        return True

    def remove(self, key: str, row: Any) -> None:
        """Take a line away."""
        from partnerdesk.ops.joint import actions, feedback, reviews

        ops: dict[str, Callable[..., None]] = {
            "people": reviews.remove_attendee,
            "commitment": actions.remove_action,
            "heard": feedback.remove_feedback,
        }
        self._opened.host.run("Remove line", ops.get(key, reviews.remove_item), row.id, toast="Line removed")

    def _ask_reason(self, row: Any) -> None:
        from partnerdesk.ops.joint.actions import drop_action
        from partnerdesk.ui.dialogs.reason import ReasonDialog

        host = self._opened.host

        def drop(reason: str) -> None:
            host.run("Drop action", drop_action, row.id, on=host.desk.today(), reason=reason)

        ReasonDialog(host.window(), "Drop this commitment?", row.text, "Drop it", drop).open()

    def carry(self, row: Any) -> None:
        """What slipped is promised again in this review, thirty days on; its day is changed under New commitments."""
        from partnerdesk.ops.joint.actions import carry_over

        host, today = self._opened.host, self._opened.host.desk.today()
        due = max(today, row.due or today) + AGAIN
        host.run("Carry over", carry_over, row.id, due=due, on=today, review=self._opened.id, toast="Carried over")

    # Adding people

    def ask_person(self, at: QPoint) -> None:
        """Who attends: people of both sides who are known, or somebody else."""
        desk = self._opened.desk_view
        if desk is None:
            return
        menu = QMenu(self._opened)
        for whose, heading in (("partner", desk.view.review.partner_name), ("vendor", "Ours")):
            people = [person for person in desk.people if person.side == whose]
            if people:
                menu.addSection(literal(heading))
            for person in people:
                words = f"{person.name}, {person.role}" if person.role else person.name
                menu.addAction(self._act(words, partial(self.attend, person.name, whose, person.role)))
        menu.addSeparator()
        menu.addAction(self._act("Somebody else", partial(self.attend, "New attendee", "partner", "")))
        menu.addAction(self._act("Several, pasted or from a file…", self.ask_several))
        menu.popup(at)
        menu.aboutToHide.connect(menu.deleteLater)

    def ask_several(self, text: str = "") -> None:
        """A list of people; what it was understood as is shown before anybody is added."""
        from partnerdesk.ops.joint.attending import add_attendees, attending
        from partnerdesk.ui.dialogs.attendees import AttendeesDialog

        opened, host = self._opened, self._opened.host
        dialog = AttendeesDialog(
            host.window(),
            text,
            host.shell.state,
            lambda found: host.run("Add attendees", add_attendees, opened.id, found, toast="Attendees added"),
        )

        def read(typed: str, file: str) -> None:
            path, failed = Path(file) if file else None, dialog.refuse
            host.desk.read(attending, opened.id, typed, path, done=dialog.show_people, failed=failed, slot="attendees")

        dialog.wanted.connect(read)
        dialog.open()

    def attend(self, name: str, whose: str, role: str) -> None:
        """Somebody takes part."""
        from partnerdesk.ops.joint.reviews import add_attendee

        self._opened.change("Add attendee", add_attendee, self._opened.id, name=name, side=whose, role=role)
