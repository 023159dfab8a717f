"""Playbooks that run: how far each is, what comes next, and its goal before and after; its actions below."""

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from partnerdesk.ui.screens.action_pages.part import Part
from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.screens.partner.progress.standing import shown_value
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column
from partnerdesk.ui.widgets.empty import Empty

if TYPE_CHECKING:
    from partnerdesk.queries.enablement.runs import GoalMeasure, Progressed

STATES = {"running": ("info", "Running"), "done": ("good", "Done"), "stopped": ("blocked", "Stopped")}
ACTION_STATES = {
    "open": ("info", "Open"),
    "late": ("late", "Late"),
    "done": ("good", "Done"),
    "dropped": ("blocked", "Dropped"),
    "proposed": ("", "Proposed"),
}


class RunsPart(Part):
    KEY: ClassVar[str] = "running"
    TITLE: ClassVar[str] = "Running"
    NOUN: ClassVar[str] = "playbooks at partners"

    def __init__(self, segment: Any) -> None:
        self.goals: dict[int, GoalMeasure] = {}
        super().__init__(segment)
        says = "A playbook creates dated actions for both sides, and its goal is measured before and after."
        self.top.set_empty(
            lambda: Empty("No playbook runs", says, ("Start playbook…", segment.start_playbook), icon="list-checks")
        )
        self.top.opened.connect(self._open_actions)

    def key(self, row: "Progressed") -> int:
        return row.run.id

    def columns(self) -> list[Column]:
        return [
            Column("partner", "Partner", lambda r: (r.run.partner_name, r.run.title), kind=kinds.NAME, width=230),
            Column("state", "Status", _state, kind=kinds.STATUS, width=130),
            Column("done", "Done", _done, kind=kinds.PROGRESS, width=110, sort=lambda r: r.done),
            Column("next", "Next", self._next, kind=kinds.PAIR, width=280, sort=_next_day),
            Column("goal", "Goal", self._goal, kind=kinds.PAIR, width=270),
            Column("start", "Start", lambda r: r.run.start, self.formats.day, kinds.DAY, 104),
        ]

    def part_columns(self) -> list[Column]:
        return [
            Column("due", "Due", lambda r: r.due, self.formats.day, kinds.DATE, 110),
            Column("text", "Action", lambda r: r.text, kind=kinds.NAME, width=400),
            Column("team", "Team", lambda r: r.team, kind=kinds.MUTED, width=150),
            Column("owner", "Owner", lambda r: r.owner or "no owner", width=170),
            Column("state", "Status", lambda r: ACTION_STATES[r.state], kind=kinds.STATUS, width=100),
            Column("evidence", "Measure", lambda r: r.outcome or r.measure, kind=kinds.MUTED, width=200),
        ]

    def buttons(self) -> list[QWidget]:
        return []

    # Reading

    def load(self) -> None:
        from partnerdesk.queries.enablement.runs import runs

        segment = self.segment
        partner = segment.partner or None
        segment.host.read(runs, segment.desk.today(), partner, done=self._show, slot="runs")

    def _show(self, found: "tuple[Progressed, ...]") -> None:
        from partnerdesk.queries.enablement.runs import goal_measures

        self.show_rows(found)
        runs = [one.run for one in found]
        self.segment.host.read(goal_measures, runs, self.segment.desk.today(), done=self._measured, slot="goals")

    def _measured(self, found: "tuple[GoalMeasure, ...]") -> None:
        self.goals = {goal.run: goal for goal in found}
        self.top.set_rows(self.top.table_model.all_rows())
        self.show_row(self.top.current_row())

    def show_row(self, row: "Progressed | None") -> None:
        self.below.set_rows(row.actions if row is not None else ())
        if row is None:
            self.title.set("", "")
            self.words.setText("")
            return
        run = row.run
        by = f", begun by {run.started_by}" if run.started_by else ""
        self.title.set(f"{run.title}, {run.partner_name}", f"from {self.formats.day(run.start)}{by}")
        self.words.setText(". ".join(part for part in (run.goal, self._measure_words(row), run.outcome) if part))
        self.segment.shell.set_partner(run.partner, run.partner_name)

    def _measure_words(self, row: "Progressed") -> str:
        goal = self.goals.get(row.run.id)
        if goal is None:
            return ""
        before, after = (shown_value(v, goal.unit, self.formats) for v in (goal.before, goal.after))
        return (
            f"{goal.says}: {before} on {self.formats.day(goal.first_day)}, {after} on {self.formats.day(goal.last_day)}"
        )

    def _goal(self, row: "Progressed") -> tuple[str, str, str]:
        goal = self.goals.get(row.run.id)
        if goal is None:
            return row.run.goal, "", ""
        before, after = (shown_value(v, goal.unit, self.formats) for v in (goal.before, goal.after))
        return f"{before} \N{RIGHTWARDS ARROW} {after}", goal.says, ""

    def _next(self, row: "Progressed") -> tuple[str, str, str] | None:
        following = row.next_action
        if following is None:
            return ("Nothing is open", "finish it or look back", "info") if row.is_through else None
        due = self.formats.short_day(following.due) if following.due else "no day"
        late = f", {row.late} late" if row.late else ""
        return following.text, f"{due}, {following.owner or 'no owner'}{late}", "late" if row.late else ""

    # Acting

    def menu(self, row: "Progressed") -> list[QAction | None]:
        ended = "" if row.run.is_running else "This playbook has ended."
        return [
            self.act("Finish", lambda: self.finish(row), ended),
            self.act("Stop…", lambda: self.stop(row), ended),
            self.act("Run on", lambda: self._reopen(row), "It runs." if row.run.is_running else ""),
            None,
            self.act("Open its actions", lambda: self._open_actions(row)),
            self.act("Open partner", lambda: self.segment.shell.go(Place("partners", row.run.partner, "progress"))),
        ]

    def finish(self, row: "Progressed") -> None:
        """The playbook came to its end."""
        from partnerdesk.ops.enablement.runs import finish_run

        today = self.segment.desk.today()
        outcome = self._measure_words(row)
        self.run("Finish playbook", finish_run, row.run.id, on=today, outcome=outcome, toast="Playbook finished")

    def stop(self, row: "Progressed") -> None:
        """Ask why, and drop what is open of it."""
        from partnerdesk.ops.enablement.runs import stop_run
        from partnerdesk.ui.dialogs.reason import ReasonDialog

        def stop(reason: str) -> None:
            today = self.segment.desk.today()
            self.run("Stop playbook", stop_run, row.run.id, on=today, reason=reason, toast="Playbook stopped")

        title = f"Stop {row.run.title} at {row.run.partner_name}?"
        ReasonDialog(self.window(), title, "Its open actions are dropped with this reason.", "Stop", stop).open()

    def _reopen(self, row: "Progressed") -> None:
        from partnerdesk.ops.enablement.runs import reopen_run

        self.run("Run playbook on", reopen_run, row.run.id, toast="Playbook runs again")

    def _open_actions(self, row: "Progressed") -> None:
        self.segment.shell.go(Place("actions", row.run.partner, "actions"))


def _state(row: "Progressed") -> tuple[str, str]:
    kind, words = STATES[row.run.status]
    return kind, "All done" if row.is_through else words


def _done(row: "Progressed") -> tuple[str, float | None]:
    return f"{row.done} of {row.total}", row.done / row.total if row.total else None


def _next_day(row: "Progressed") -> Any:
    return row.next_action.due if row.next_action is not None else None
