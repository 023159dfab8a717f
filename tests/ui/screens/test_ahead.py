"""What lies ahead as a user meets it: the worth of a deal in the panel, the path to a tier that becomes actions."""

from decimal import Decimal

from PySide6.QtWidgets import QWidget

from partnerdesk.queries.joint.actions import actions
from partnerdesk.queries.settings import effort_weights
from partnerdesk.ui.screens.worths import worth_figure
from partnerdesk.ui.widgets.text import LineLabel
from tests.ui.screens.conftest import Stage


def test_a_deal_answers_what_it_is_worth_and_opens_its_lines(stage: Stage) -> None:
    tab = stage.go("partners", "P-01", "overview").detail.page
    tab.ask_why(worth_figure("deal", "D-0137"))
    side = stage.window.side
    stage.qtbot.waitUntil(lambda: side.is_why, timeout=60_000)
    shown = side.inspector.shown
    assert shown.title == "1,370.00"
    assert [row.name for row in shown.rows] == ["At once", "Later", "Through the tier"]
    assert "If it is lost" in [row.name for row in shown.otherwise]
    side.inspector.open_part(shown.rows[0])
    assert "Anchor commission" in [row.name for row in side.inspector.shown.rows]


def test_a_path_names_its_steps_and_they_become_actions(stage: Stage) -> None:
    tab = stage.go("partners", "P-01", "progress").detail.page
    before = open_texts(stage)
    tab.path.look()
    stage.qtbot.waitUntil(lambda: tab.path.view is not None, timeout=60_000)
    (step,) = tab.path.shown.steps
    assert tab.path.title.note.text() == "takes 1 action"
    assert step.action.says in words(tab.path)
    row = tab.path.ways.table.current_row()
    assert (row.path, row.brings.total) == (tab.path.shown, row.brings.tier) and row.brings.tier > 0
    tab.path.add_all.click()
    stage.quiet()
    assert open_texts(stage) - before == {step.action.says}
    stage.desk.undo()
    stage.quiet()
    assert open_texts(stage) == before


def test_an_effort_is_set_for_the_book(stage: Stage) -> None:
    page = stage.go("settings")
    line = page.efforts["certificate"]
    assert line.text() == "2"
    line.setText("4.5")
    line.commit()
    stage.quiet()
    assert stage.desk._open_store().read(effort_weights)["certificate"] == Decimal("4.5")


def open_texts(stage: Stage) -> set[str]:
    rows = stage.desk._open_store().read(actions, stage.desk.today(), "P-01")
    return {row.text for row in rows}


def words(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(LineLabel)]
