"""What is done to actions: each verb is one step, over one row or all that are selected, and can be undone."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu

from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.screens.need_words import plural
from partnerdesk.ui.widgets.text import literal

if TYPE_CHECKING:
    from partnerdesk.ops.mail.nudging import Nudge
    from partnerdesk.queries.joint.action_list import ListedAction
    from partnerdesk.ui.screens.segment import Segment

Rows = Sequence["ListedAction"]


class ActionActs:
    """The verbs on actions of a segment; `chosen` gives the rows they are about when no row is named."""

    def __init__(self, segment: "Segment", chosen: Callable[[], Rows]) -> None:
        self._segment, self._chosen = segment, chosen

    def today(self) -> date:
        """The day of the book."""
        return self._segment.desk.today()

    # Verbs on rows

    def complete(self, rows: Rows = ()) -> None:
        """Mark open rows as done."""
        from partnerdesk.ops.joint.action_bulk import complete_actions

        self._run("Mark {} done", complete_actions, self._open(rows), "Marked {} as done", on=self.today())

    def prove(self, rows: Rows = ()) -> None:
        """Ask what shows that rows are done: those still open are marked so, of the others the evidence is kept."""
        from partnerdesk.ops.joint.action_bulk import complete_actions, prove_actions
        from partnerdesk.ui.dialogs.evidence import EvidenceDialog

        chosen = rows or self._chosen()
        found = self._open(chosen)

        def done(outcome: str, evidence: str) -> None:
            said = {"on": self.today(), "outcome": outcome, "evidence": evidence}
            self._run("Mark {} done", complete_actions, found, "Marked {} as done", **said)

        def kept(_outcome: str, evidence: str) -> None:
            self._run("Evidence of {}", prove_actions, chosen, "Kept the evidence of {}", evidence=evidence)

        if chosen:
            one, formats = chosen[0].row if len(chosen) == 1 else None, self._segment.formats
            then, counted = done if found else kept, _counted(found or chosen)
            EvidenceDialog(self._segment.window(), counted, one, formats, then, ends=bool(found)).open()

    def drop(self, rows: Rows = ()) -> None:
        """Ask why the rows will not be done, and drop them."""
        from partnerdesk.ops.joint.action_bulk import drop_actions
        from partnerdesk.ui.dialogs.reason import ReasonDialog

        found = self._open(rows)

        def drop(reason: str) -> None:
            self._run("Drop {}", drop_actions, found, "Dropped {}", on=self.today(), reason=reason)

        if found:
            text = "The reason stands beside them in the next review."
            ReasonDialog(self._segment.window(), f"Drop {_counted(found)}?", text, "Drop", drop).open()

    def wait(self, rows: Rows = ()) -> None:
        """Ask for whom or what the rows wait; they stay open, and say so."""
        from partnerdesk.ui.dialogs.reason import ReasonDialog

        found = self._open(rows)
        text = "It stays open, and the list says what it waits for."
        wait = lambda reason: self.wait_for(found, reason)  # noqa: E731
        ReasonDialog(self._segment.window(), f"What does {_counted(found)} wait for?", text, "Keep", wait).open()

    def wait_for(self, rows: Rows, reason: str) -> None:
        """Say what rows wait for; an empty text ends it."""
        from partnerdesk.ops.joint.action_bulk import wait_for

        verbs = ("Mark {} as waiting", "Marked {} as waiting") if reason else ("Go on with {}", "Going on with {}")
        self._run(verbs[0], wait_for, self._open(rows), verbs[1], reason=reason)

    def nudge(self, rows: Rows = ()) -> None:
        """Copy a reminder of what is open on the partner's side, in its language, to be pasted into a mail or chat."""
        from partnerdesk.ops.mail.nudging import nudge

        segment = self._segment
        ids = [r.id for r in self._open(rows)]
        segment.host.read(nudge, ids, self.today(), segment.desk.user, done=self._copied, slot="nudge")

    def _copied(self, found: "Nudge") -> None:
        QGuiApplication.clipboard().setText(found.text)
        left = f", {found.left_out} left out" if found.left_out else ""
        words = f"Reminder of {plural(found.count, 'action')} for {found.partner_name} copied{left}"
        self._segment.host.messages.say("info", words + ".", "Paste it into a mail or a chat.")

    def reopen(self, rows: Rows = ()) -> None:
        """Open rows again that were done or dropped."""
        from partnerdesk.ops.joint.action_bulk import reopen_actions

        found = [r for r in rows or self._chosen() if r.row.status != "open"]
        self._run("Reopen {}", reopen_actions, found, "Reopened {}")

    def snooze(self, rows: Rows = ()) -> None:
        """Put rows off to Monday next."""
        today = self.today()
        self.move(rows, today + timedelta(days=7 - today.weekday()))

    def move(self, rows: Rows, due: date | None) -> None:
        """Give rows another day, or none."""
        from partnerdesk.ops.joint.action_bulk import move_actions

        said = f"to {self._segment.formats.short_day(due)}" if due else "to no day"
        self._run("Move {}", move_actions, self._open(rows), "Moved {} " + said, due=due, on=self.today())

    def hand_over(self, rows: Rows, side: str) -> None:
        """Give rows to the other side."""
        from partnerdesk.ops.joint.action_bulk import hand_over

        said = "ours" if side == "vendor" else "theirs"
        self._run("Make {} " + said, hand_over, self._open(rows), "Made {} " + said, side=side)

    def place(self, rows: Rows, side: str, due: date | None, *, is_moved: bool) -> None:
        """Put rows where they were dropped on the board: on a side and, if they left their stretch, on a day."""
        from partnerdesk.ops.joint.action_bulk import place_actions

        given = {"side": side, "due": due, "is_moved": is_moved, "on": self.today()}
        self._run("Move {}", place_actions, self._open(rows), "Moved {}", **given)

    def reassign(self, rows: Rows, owner: str) -> None:
        """Give rows one owner."""
        from partnerdesk.ops.joint.action_bulk import reassign_actions

        said = f"to {owner}" if owner else "to nobody"
        self._run("Reassign {}", reassign_actions, self._open(rows), "Assigned {} " + said, owner=owner)

    def remove(self, rows: Rows = ()) -> None:
        """Take away what was written down by mistake."""
        from partnerdesk.ops.joint.action_bulk import remove_actions

        self._run("Remove {}", remove_actions, self._open(rows), "Removed {}")

    # One cell

    def change(self, row: "ListedAction", field: str, value: Any) -> None:
        """One field as its editor saw it."""
        from partnerdesk.ops.joint.actions import change_action

        before = {field: getattr(row.row, field)}
        self._segment.host.run("Edit action", partial(change_action, **{field: value}), row.id, before)

    def change_due(self, row: "ListedAction", due: date | None) -> None:
        """Another day for one row, as its editor saw it."""
        from partnerdesk.ops.joint.action_bulk import change_due

        before = {"due": row.row.due}
        self._segment.host.run("Edit due day", partial(change_due, due=due, on=self.today()), row.id, before)

    def change_evidence(self, row: "ListedAction", value: str) -> None:
        """What shows that one row was done, as its editor saw it."""
        from partnerdesk.ops.joint.actions import show_evidence

        before = {"evidence": row.row.evidence}
        self._segment.host.run("Edit evidence", partial(show_evidence, evidence=value), row.id, before)

    # Opening

    def open_partner(self, row: "ListedAction") -> None:
        """The partner's page, at the actions of its plan."""
        self._segment.shell.go(Place("partners", row.row.partner, "overview"))

    def open_source(self, row: "ListedAction") -> None:
        """Where it was promised; the partner where it came from nowhere else."""
        found, partner = row.row, row.row.partner
        places = {
            "review": Place("reviews", str(found.review)),
            "plan": Place("partners", partner, "plan", "objectives" if found.objective else "actions"),
            "note": Place("partners", partner, "history"),
            "playbook": Place("actions", partner, "playbooks", "running"),
            "dispute": Place("partners", partner, "earnings"),
            "need": Place("partners", partner, "progress"),
            "deal": Place("deals", "", "deals", f"#{found.deal}"),
            "renewal": Place("deals", "", "renewals", f"#{found.contract}"),
        }
        self._segment.shell.go(places.get(found.source, Place("partners", partner, "overview")))

    # Menu

    def menu(self, row: "ListedAction", owners: Sequence[str]) -> list[QAction | None]:
        """Every verb on the selected rows; `owners` are offered by name."""
        rows = [r for r in self._chosen() if r.id != row.id] + [row]
        if not any(r.row.status == "open" for r in rows):
            proof = self._act("Evidence…\tE", lambda: self.prove(rows))
            return [self._act("Reopen", lambda: self.reopen(rows)), proof, None, *self._opening(row)]
        return [
            self._act("Mark as done\tD", lambda: self.complete(rows)),
            self._act("Done, with evidence…\tE", lambda: self.prove(rows)),
            self._act("Snooze to Monday\tS", lambda: self.snooze(rows)),
            self._act("Drop…", lambda: self.drop(rows)),
            *self._waiting(rows),
            self._act("Copy a reminder for the partner", lambda: self.nudge(rows)),
            None,
            self._sub("Move to", [(words, partial(self.move, rows, day)) for words, day in self._days()]),
            self._sub(
                "Side",
                [
                    ("Ours", partial(self.hand_over, rows, "vendor")),
                    ("Theirs", partial(self.hand_over, rows, "partner")),
                ],
            ),
            self._sub("Assign to", [(name, partial(self.reassign, rows, name)) for name in (*owners, "")]),
            self._act("Remove", lambda: self.remove(rows)),
            None,
            *self._opening(row),
        ]

    def _waiting(self, rows: Rows) -> list[QAction]:
        ends = [self._act("Waits no more", lambda: self.wait_for(rows, ""))] if any(r.row.waiting for r in rows) else []
        return [self._act("Waits for…", lambda: self.wait(rows)), *ends]

    def _opening(self, row: "ListedAction") -> list[QAction | None]:
        where = [self._act("Open where it was promised", lambda: self.open_source(row))] if row.row.source else []
        return [*where, self._act("Open partner", lambda: self.open_partner(row))]

    def _days(self) -> list[tuple[str, date | None]]:
        today, formats = self.today(), self._segment.formats
        friday = today + timedelta(days=(4 - today.weekday()) % 7)
        monday = today + timedelta(days=7 - today.weekday())
        days = {"Today": today, "Friday": friday, "Next Monday": monday, "In two weeks": today + timedelta(days=14)}
        days["In four weeks"] = today + timedelta(days=28)
        return [*((f"{words}\t{formats.short_day(day)}", day) for words, day in days.items()), ("No day", None)]

    def _sub(self, title: str, choices: Sequence[tuple[str, Callable[[], object]]]) -> QAction:
        menu = QMenu(title, self._segment)
        for words, then in choices:
            menu.addAction(literal(words or "Nobody")).triggered.connect(lambda _on=False, run=then: run())
        return menu.menuAction()

    def _act(self, words: str, then: Callable[[], object]) -> QAction:
        made = QAction(words, self._segment)
        made.triggered.connect(lambda _on=False: then())
        return made

    # Running

    def _open(self, rows: Rows) -> list["ListedAction"]:
        """The rows that can be changed: those named, or those chosen."""
        return [r for r in rows or self._chosen() if r.row.status == "open"]

    def _run(self, label: str, op: Callable[..., Any], rows: Rows, toast: str, **given: Any) -> None:
        if rows:
            ids, counted = [r.id for r in rows], _counted(rows)
            # Not `format`: a name in the words may hold braces.
            said = toast.replace("{}", counted, 1)
            self._segment.host.run(label.replace("{}", counted, 1), op, ids, toast=said[:1].upper() + said[1:], **given)


def _counted(rows: Rows) -> str:
    return plural(len(rows), "action")
