"""What is done with a what-if: kept, opened, compared, described, deleted, taken back; its day and its head."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction

from partnerdesk.ui.screens.partner.whatif.inputs import InputRow

if TYPE_CHECKING:
    from partnerdesk.ops.whatif.trying import Tried
    from partnerdesk.queries.scenarios import Change, ScenarioRow
    from partnerdesk.ui.screens.partner.whatif.page import WhatIfTab

NEW, SAVE_AS, DESCRIBE, DELETE, ANY_DAY, TODAY = "new", "save as", "describe", "delete", "a day", "today"


class Acts:
    """The acts of the tab."""

    def __init__(self, tab: "WhatIfTab") -> None:
        self._tab = tab

    # The head

    def show_head(self) -> None:
        """Name the scenario, what it is held against and its day in the header."""
        tab, working = self._tab, self._tab.working
        name = working.scenario.name if working.scenario else "Not kept"
        tab.scenario.set_text(f"{name} (changed)" if working.scenario and working.is_modified else name)
        tab.scenario.offer(self._scenarios(), self._chosen)
        tab.against.set_text(working.against.name if working.against else "As is")
        others = [row for row in tab.kept if working.scenario is None or row.id != working.scenario.id]
        tab.against.offer([("As is", None), *((row.name, row) for row in others)], self._held_against)
        tab.day.set_text(tab.formats.day(working.day) if working.day else "Today")
        tab.day.offer([("Today", TODAY), ("A day to come…", ANY_DAY)], self._choose_day)
        may = tab.desk.book is not None and tab.desk.book.is_writable
        tab.save.setEnabled(may and working.is_modified)
        tab.inputs.reset.setVisible(working.is_modified)

    def _scenarios(self) -> list[tuple[str, object]]:
        own: list[tuple[str, object]] = [(row.name, row) for row in self._tab.kept]
        found: list[tuple[str, object]] = [("Nothing changed", NEW), *own, ("Save as…", SAVE_AS)]
        if self._tab.working.scenario is not None:
            found += [("Name and reason…", DESCRIBE), ("Delete this scenario", DELETE)]
        return found

    def follow(self, kept: "Sequence[ScenarioRow]") -> None:
        """What is open goes with what was written meanwhile; one that was asked for is opened."""
        tab = self._tab
        working, by_id = tab.working, {row.id: row for row in kept}
        if (
            tab.sub.isdigit()
            and int(tab.sub) in by_id
            and (working.scenario is None or str(working.scenario.id) != tab.sub)
        ):
            self.open(by_id[int(tab.sub)])
            return
        changes: dict[str, Any] = {}
        if working.against is not None:
            changes["against"] = by_id.get(working.against.id)
        if working.scenario is not None:
            row = by_id.get(working.scenario.id)
            changes["scenario"] = row
            if row is not None and not working.is_modified:
                changes |= {"changes": row.changes, "day": row.day}
        if changes:
            tab.work(**changes)

    # Scenarios

    def _chosen(self, what: Any) -> None:
        acts = {NEW: self._begin, SAVE_AS: self.save_as, DESCRIBE: self._describe, DELETE: self._delete}
        if isinstance(what, str):
            acts[what]()
        else:
            self.open(what)
            self._tab.shell.moved()

    def open(self, row: "ScenarioRow") -> None:
        """Try a scenario that was kept."""
        tab = self._tab
        tab.sub = str(row.id)
        against = None if tab.working.against is not None and tab.working.against.id == row.id else tab.working.against
        tab.work(changes=row.changes, day=row.day, scenario=row, against=against)

    def _begin(self) -> None:
        self._tab.sub = ""
        self._tab.work(changes=(), day=None, scenario=None)
        self._tab.shell.moved()

    def _held_against(self, row: Any) -> None:
        self._tab.work(against=row)

    def reset(self) -> None:
        """Back to the scenario as it was kept, or to nothing."""
        kept = self._tab.working.scenario
        self._tab.work(changes=kept.changes if kept else (), day=kept.day if kept else None)

    def save(self) -> None:
        """Keep the changes under the name they have, or ask for one."""
        from partnerdesk.ops.whatif.scenarios import change_scenario

        tab, kept = self._tab, self._tab.working.scenario
        if kept is None:
            self.save_as()
            return
        label, changes, day = f"Change scenario {kept.name}", tab.working.changes, tab.working.day
        tab.host.run(label, change_scenario, kept, changes, at=_now(), day=day, toast="Scenario kept")

    def save_as(self) -> None:
        """Keep what is tried under a new name."""
        from partnerdesk.ui.dialogs.scenario import ScenarioDialog

        tab = self._tab
        said = "", tab.working.scenario.reason if tab.working.scenario else "", tab.desk.user
        ScenarioDialog(tab.window(), "Keep this what-if?", "Save scenario", tab.formats, self._save, said).open()

    def _save(self, name: str, reason: str, owner: str) -> None:
        from partnerdesk.ops.whatif.scenarios import save_scenario

        tab = self._tab

        def kept(id: int) -> None:
            tab.sub = str(id)

        tab.host.run(
            f"Scenario {name}",
            save_scenario,
            tab.partner,
            name,
            tab.working.changes,
            today=tab.desk.today(),
            at=_now(),
            day=tab.working.day,
            reason=reason,
            owner=owner,
            done=kept,
            toast="Scenario kept",
        )

    def _describe(self) -> None:
        from partnerdesk.ops.whatif.scenarios import describe_scenario
        from partnerdesk.ui.dialogs.scenario import ScenarioDialog

        tab, row = self._tab, self._tab.working.scenario
        assert row is not None

        def then(name: str, reason: str, owner: str) -> None:
            label = f"Describe scenario {name}"
            tab.host.run(label, describe_scenario, row, name=name, reason=reason, owner=owner, at=_now())

        said = row.name, row.reason, row.owner
        ScenarioDialog(tab.window(), "What is it called?", "Change", tab.formats, then, said).open()

    def _delete(self) -> None:
        from partnerdesk.ops.whatif.scenarios import delete_scenario

        tab, row = self._tab, self._tab.working.scenario
        assert row is not None
        self._begin()
        tab.host.run(f"Delete scenario {row.name}", delete_scenario, row.id, toast="Scenario deleted")

    def export(self) -> None:
        """Both sides as a workbook for ourselves, badged; nothing of a what-if is for the partner."""
        from partnerdesk import paths
        from partnerdesk.ops.whatif.documents import write_whatif
        from partnerdesk.ui.screens.files import open_folder

        tab = self._tab

        def written(path: Path) -> None:
            tab.shell.toast(f"{path.name} written", "Open folder", lambda: open_folder(path.parent))

        folder, both = paths.folder("exports") / "what-if", (tab.other(), tab.case())
        tab.read(write_whatif, tab.partner, *both, tab.desk.today(), folder, done=written, slot="export")

    # The day

    def _choose_day(self, what: object) -> None:
        if what == TODAY:
            self._tab.work(day=None)
            return
        from partnerdesk.ui.dialogs.choose_day import DayDialog

        text = "Both sides are looked at on that day. Payments that contracts call for until then are taken as paid."
        tab = self._tab
        today = tab.desk.today()
        DayDialog(tab.window(), "On which day to come?", text, today, tab.formats, self._on, is_ahead=True).open()

    def _on(self, day: date) -> None:
        self._tab.work(day=day if day != self._tab.desk.today() else None)

    # Changes

    def take_back(self) -> None:
        """The selected inputs as they are again."""
        rows = [row for row in self._tab.inputs.table.selected_rows() if row.is_changed]
        gone = {change for row in rows for change in row.changes}
        self._tab.work(changes=tuple(c for c in self._tab.working.changes if c not in gone))

    def menu_of(self, row: InputRow) -> list[QAction | None]:
        """What can be done with an input."""
        table = self._tab.inputs.table
        edit = QAction("Change…\tF2", table)
        edit.setEnabled(row.given is not None)
        edit.triggered.connect(lambda: table.begin_edit(table.table_model.index(table.currentIndex().row(), 3)))
        back = QAction("Take back\tR", table)
        back.setEnabled(row.is_changed)
        back.triggered.connect(self.take_back)
        return [edit, back]

    def any_change(self) -> None:
        """Any field of any row, or any key."""
        from partnerdesk.ops.whatif.trying import Case, tried

        tab = self._tab
        tab.read(tried, tab.partner, Case(), tab.desk.today(), done=self._ask_change, slot="as is")

    def _ask_change(self, found: "Tried") -> None:
        from partnerdesk.ui.dialogs.any_change import AnyChangeDialog

        tab = self._tab
        rows = {kind: tuple(row.id for row in own) for kind, own in sorted(found.facts.rows.items())}
        versions = [program.version for program in found.programs]
        AnyChangeDialog(tab.window(), tab.formats, rows, versions, self._changed).open()

    def _changed(self, change: "Change") -> None:
        from partnerdesk.ops.whatif.entering import with_changes

        self._tab.work(changes=with_changes(self._tab.working.changes, (change,)))


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
