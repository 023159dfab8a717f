"""The playbooks themselves: shipped ones to start, own ones to write; the steps of the current one below."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from partnerdesk.queries.enablement.playbook import TEAMS
from partnerdesk.ui.dialogs.fund_step import Field, StepDialog
from partnerdesk.ui.screens.action_pages.part import Part
from partnerdesk.ui.screens.action_pages.typed import whole
from partnerdesk.ui.screens.need_words import plural
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column, Edit

if TYPE_CHECKING:
    from partnerdesk.queries.enablement.playbook import PlaybookStep
    from partnerdesk.queries.enablement.playbooks import Offer

SHIPPED = "It ships with PartnerDesk: make an own copy to change it."
SIDES = {"vendor": "ours", "partner": "theirs"}


class PlaybooksPart(Part):
    KEY: ClassVar[str] = "offered"
    TITLE: ClassVar[str] = "Playbooks"
    NOUN: ClassVar[str] = "playbooks"

    def __init__(self, segment: Any) -> None:
        super().__init__(segment)
        self.new = self.write
        self.top.opened.connect(self.start)
        self._made = [self.button("New playbook…", self.write), self.button("Add step", self._add_step)]

    def key(self, row: "Offer") -> str:
        return row.playbook.key

    def columns(self) -> list[Column]:
        return [
            Column("title", "Playbook", lambda r: (r.playbook.title, r.playbook.goal), kind=kinds.NAME, width=460),
            Column("why", "Why now", _why, kind=kinds.PAIR, width=270, sort=lambda r: -len(r.reasons)),
            Column("steps", "Steps", lambda r: len(r.playbook.steps), kind=kinds.NUMBER, width=64),
            Column("days", "Days", lambda r: r.playbook.length, kind=kinds.NUMBER, width=64),
            Column("stages", "Made for", lambda r: ", ".join(r.playbook.stages), kind=kinds.MUTED, width=170),
            Column("own", "Whose", lambda r: "own" if r.playbook.is_own else "shipped", kind=kinds.MUTED, width=80),
        ]

    def part_columns(self) -> list[Column]:
        return [
            Column("text", "Action", lambda r: r.text, kind=kinds.NAME, width=340, edit=self._edit("text")),
            Column("days", "Day", lambda r: r.days, kind=kinds.NUMBER, width=56, edit=self._edit("days", whole)),
            Column("side", "Side", lambda r: SIDES[r.side], kind=kinds.MUTED, width=70, edit=self._side()),
            Column("team", "Team", lambda r: r.team, width=150, edit=self._edit("team", choices=TEAMS)),
            Column("role", "Owner's role", lambda r: r.role, width=150, edit=self._edit("role")),
            Column("measure", "Measure", lambda r: r.measure, kind=kinds.MUTED, width=230, edit=self._edit("measure")),
            Column(
                "internal",
                "Internal",
                lambda r: "internal" if r.internal else "",
                kind=kinds.MUTED,
                width=80,
                edit=self._edit("internal", _yes, ("yes", "no")),
            ),
        ]

    def buttons(self) -> list[QWidget]:
        return [*self._made]

    # Reading

    def load(self) -> None:
        from partnerdesk.queries.enablement.playbooks import offered

        segment = self.segment
        segment.host.read(offered, segment.partner, segment.desk.today(), done=self.show_rows, slot="offers")

    def show_row(self, row: "Offer | None") -> None:
        self.below.set_rows(row.playbook.steps if row is not None else ())
        if row is None:
            return
        playbook = row.playbook
        days = "working days" if playbook.workdays else "days"
        self.title.set(playbook.title, f"{plural(len(playbook.steps), 'step')} in {days} from the start")
        says = [playbook.says, "" if playbook.is_own else SHIPPED]
        self.words.setText(" ".join(part for part in says if part))

    # Acting

    def menu(self, row: "Offer") -> list[QAction | None]:
        shipped = "" if row.playbook.is_own else SHIPPED
        return [
            self.act("Start…", lambda: self.start(row)),
            self.act("Make an own copy", lambda: self.copy(row)),
            None,
            self.act("Change words…", lambda: self.rewrite(row), shipped),
            self.act("Add step", self._add_step, shipped),
            self.act("Remove playbook", lambda: self.remove(row), shipped),
        ]

    def part_menu(self, row: "PlaybookStep") -> list[QAction | None]:
        from partnerdesk.ops.enablement.playbooks import move_step, remove_step

        shipped = SHIPPED if row.id is None else ""
        move = partial(self.run, "Move step", move_step, row.id)
        return [
            self.act("Move up", lambda: move(max(row.position - 1, 1)), shipped),
            self.act("Move down", lambda: move(row.position + 1), shipped),
            self.act("Remove step", lambda: self.run("Remove step", remove_step, row.id, toast="Removed"), shipped),
        ]

    def start(self, row: "Offer") -> None:
        """Ask for partner and day, with what it would create."""
        self.segment.starting.ask(self.segment.partner, row.playbook.key)

    def copy(self, row: "Offer") -> None:
        """An own playbook with the same steps."""
        from partnerdesk.ops.enablement.playbooks import copy_playbook

        done = lambda id: self.added(f"own-{id}")  # noqa: E731
        self.run("Copy playbook", copy_playbook, row.playbook.key, done=done, toast="Copied")

    def write(self) -> None:
        """Ask for the words of a new playbook."""
        from partnerdesk.ops.enablement.playbooks import add_playbook

        def add(values: dict[str, Any]) -> None:
            done = lambda id: self.added(f"own-{id}")  # noqa: E731
            self.run("Add playbook", add_playbook, done=done, toast="Playbook added", **values)

        self._ask("New playbook", "Add playbook", {}, add)

    def rewrite(self, row: "Offer") -> None:
        """Ask for other words of an own playbook."""
        from partnerdesk.ops.enablement.playbooks import change_playbook

        p = row.playbook
        before = {"title": p.title, "says": p.says, "goal": p.goal, "workdays": p.workdays}
        before |= {"stages": ", ".join(p.stages), "types": ", ".join(p.types), "metric": ", ".join(p.metrics)}

        def change(values: dict[str, Any]) -> None:
            self.run("Change playbook", partial(change_playbook, **values), p.id, before, toast="Changed")

        self._ask(f"Words of “{p.title}”", "Change words", before, change)

    def _ask(self, title: str, verb: str, now: dict[str, Any], then: Callable[[dict[str, Any]], object]) -> None:
        fields = (
            Field("title", "Title", needed=True, value=now.get("title", "")),
            Field("says", "What it is for", value=now.get("says", "")),
            Field("goal", "Goal", "what is different afterwards", value=now.get("goal", "")),
            Field("metric", "Measured by", "key of the program, such as renewal_rate", value=now.get("metric", "")),
            Field("stages", "Stages", "words, divided by commas", value=now.get("stages", "")),
            Field("types", "Partner types", "all, where empty", value=now.get("types", "")),
            Field("workdays", "Days are", choices=(("Working days", True), ("All days", False))),
        )
        StepDialog(self.window(), title, "", verb, fields, None, self.formats, then).open()

    def remove(self, row: "Offer") -> None:
        """Remove an own playbook; what runs of it goes on."""
        from partnerdesk.ops.enablement.playbooks import remove_playbook

        self.run("Remove playbook", remove_playbook, row.playbook.id, toast="Playbook removed")

    def _add_step(self) -> None:
        from partnerdesk.ops.enablement.playbooks import add_step

        row: Offer | None = self.top.current_row()
        if row is None or row.playbook.id is None:
            self.segment.host.messages.say("info", "This playbook cannot be changed.", SHIPPED)
            return
        last = max((step.days for step in row.playbook.steps), default=0)
        self.run("Add step", add_step, row.playbook.id, text="New step", days=last + 5, team=TEAMS[0])

    def _edit(self, name: str, parse: Callable[[str], Any] = str.strip, choices: tuple[str, ...] = ()) -> Edit:
        def text(row: "PlaybookStep") -> str:
            value = getattr(row, name)
            return ("yes" if value else "no") if isinstance(value, bool) else str(value)

        return Edit(text, parse, lambda row, value: self._change(row, name, value), choices)

    def _side(self) -> Edit:
        parse = lambda text: "partner" if text.strip().casefold() == "theirs" else "vendor"  # noqa: E731
        return Edit(
            lambda r: SIDES[r.side], parse, lambda r, value: self._change(r, "side", value), tuple(SIDES.values())
        )

    def _change(self, row: "PlaybookStep", name: str, value: Any) -> None:
        from partnerdesk.ops.enablement.playbooks import change_step

        if row.id is None:
            self.segment.host.messages.say("info", "This playbook cannot be changed.", SHIPPED)
            return
        self.run("Edit step", partial(change_step, **{name: value}), row.id, {name: getattr(row, name)})


def _why(row: "Offer") -> tuple[str, str, str]:
    if not row.reasons:
        return "\N{EN DASH}", "", ""
    return row.reasons[0], "; ".join(row.reasons[1:]), ""


def _yes(text: str) -> bool:
    return text.strip().casefold() in ("yes", "y", "internal")
