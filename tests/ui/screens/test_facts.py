"""Facts as a user meets them: a kind is chosen, rows are added, changed and removed by keys, and undo takes it back."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from partnerdesk.ops.rows.partners import add_partner
from partnerdesk.ops.rows.typed import TYPED
from partnerdesk.queries.statements import resting
from partnerdesk.ui.dialogs.confirm import ConfirmDialog
from partnerdesk.ui.dialogs.fact import FactDialog
from partnerdesk.ui.widgets.empty import Empty
from tests.ui.screens.conftest import Stage, cells


@pytest.fixture
def stage(bare_stage: Stage) -> Stage:
    for name in ("Nordlys", "Brumaire"):
        bare_stage.desk.run("Add partner", add_partner, name=name)
    bare_stage.quiet()
    return bare_stage


@pytest.fixture
def page(stage: Stage) -> Any:
    return stage.go("partners", "P-1001", "overview", "facts").detail.page.facts


def fill(stage: Stage, **typed: str) -> FactDialog:
    """Type into the open dialog and press its verb."""
    dialog: FactDialog = stage.dialog(FactDialog)
    for name, words in typed.items():
        field = dialog.fields[name]
        assert isinstance(field, QLineEdit)
        field.setText(words)
    dialog.verb.click()
    stage.quiet()
    return dialog


FIT = {"metric": "fit", "day": "1 Oct 2026", "value": "4.5", "evidence": "Interview <b>of</b> Marit & Ann"}


def test_an_observation_is_added_changed_and_removed_by_keys(page: Any, stage: Stage) -> None:
    table = page._table("observation")
    empty = table.findChild(Empty)
    assert empty is not None and empty.isVisible()
    stage.act("page.new")
    dialog = fill(stage, **FIT | {"evidence": ""})
    assert dialog.isVisible() and dialog.problem.text() == "“Evidence” is needed."
    fill(stage, **FIT)
    (row,) = page.found.rows["observation"]
    assert (row.value, row.day, row.evidence) == (Decimal("4.5"), date(2026, 10, 1), FIT["evidence"])
    assert cells(table, "source")[0].startswith("typed by ")
    assert table.current_row().id == row.id, "what was added is chosen"
    stage.qtbot.keyClick(table, Qt.Key.Key_F2)
    fill(stage, value="3")
    assert cells(table, "value") == ["3"]
    stage.qtbot.keyClick(table, Qt.Key.Key_Delete)
    stage.quiet()
    assert page.found.rows["observation"] == () and stage.toast() == "Observation removed"
    for undo, value in (("Undo remove observation", ["3"]), ("Undo edit observation", ["4.5"])):
        assert stage.window.commands.text("edit.undo") == undo
        stage.act("edit.undo")
        assert cells(table, "value") == value


def test_what_cannot_be_read_stays_in_the_dialog_and_says_why(page: Any, stage: Stage) -> None:
    stage.act("page.new")
    dialog = fill(stage, **FIT | {"value": "much"})
    assert dialog.isVisible() and "much" in dialog.problem.text()
    dialog.free.setText("by Marit")
    fill(stage, **FIT)
    assert dialog.isVisible() and "no name and value" in dialog.problem.text()
    dialog.free.setText("asked by: Marit")
    fill(stage)
    assert page.found.rows["observation"][0].attributes == {"asked by": "Marit"}


def test_every_kind_has_a_form_and_a_list_and_each_partner_its_own(page: Any, stage: Stage) -> None:
    for kind in TYPED:
        page.list.show_key(kind)
        page._choose(kind)
        page.add()
        dialog: FactDialog = stage.dialog(FactDialog)
        assert dialog.verb.isVisible() and dialog.fields
        dialog.reject()
        stage.quiet()
    page._choose("enrolment")
    page.add()
    fill(stage, program="harbour", module="small")
    assert [e.word for e in page.list.entries() if e.key == "enrolment"] == ["1"]
    stage.go("partners", "P-1002", "overview", "facts")
    assert page.kind == "enrolment" and page.found.rows["enrolment"] == ()
    stage.go("partners", "P-1001", "overview", "facts:enrolment:EN-1001")
    assert page._table("enrolment").current_row().id == "EN-1001"


def test_a_row_that_closed_statements_rest_on_is_removed_after_a_question(page: Any, stage: Stage) -> None:
    stage.act("page.new")
    fill(stage, **FIT)
    row = page.found.rows["observation"][0]
    page._asked_remove("observation", row, {("observation", row.id): frozenset({"P-1001"})})
    dialog: ConfirmDialog = stage.dialog(ConfirmDialog)
    assert len(page.found.rows["observation"]) == 1
    dialog.verb.click()
    stage.quiet()
    assert page.found.rows["observation"] == ()


def test_a_change_of_a_row_that_closed_statements_rest_on_says_so(
    page: Any, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.act("page.new")
    fill(stage, **FIT)
    monkeypatch.setattr(resting, "resting_period", lambda _session, _kind, _id: "2026-10")
    stage.qtbot.keyClick(page._table("observation"), Qt.Key.Key_F2)
    fill(stage, value="3")
    told = "Closed 2026-10 rests on it and stays as it is; the next statement corrects what changes by a true-up."
    assert stage.toast() == told
