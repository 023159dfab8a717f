"""The plan as documents, as a user meets them: written from the tab, dropped when they come back, and decided."""

from pathlib import Path

from partnerdesk.ops.plan.sheets import send_sheet
from partnerdesk.queries.joint.plans import plan_at
from partnerdesk.ui.dialogs.proposals import ProposalsDialog
from tests.ops.plan.filled import filled_in, place
from tests.ui.screens.conftest import Stage
from tests.ui.screens.test_disputes import photograph

PARTNER, SHARED = "P-01", "Joint plan 2027"


def sent(stage: Stage, folder: Path) -> Path:
    """The workbook of next year's plan, which is shared and open to changes."""
    store, today = stage.desk._open_store(), stage.desk.today()
    plan = store.read(plan_at, PARTNER, today.replace(year=today.year + 1))
    assert plan is not None
    return store.transact("Send", send_sheet, plan.id, today, folder).value.path


def test_the_pages_and_the_workbook_are_written_from_the_tab(stage: Stage) -> None:
    tab = stage.go("partners", PARTNER, "plan").detail.page
    tab.papers.pdf.click()
    stage.qtbot.waitUntil(lambda: "Plan_Tesserin Cloud_2026_v1.pdf written" in stage.toast(), timeout=60_000)
    verbs = dict(tab.papers.verbs())
    verbs["Write a workbook for the partner"]()
    stage.quiet()
    assert "Plan_Tesserin Cloud_2026_v1.xlsx written" in stage.toast()


def test_a_returned_workbook_is_dropped_and_decided_one_by_one(stage: Stage, tmp_path: Path) -> None:
    path = sent(stage, tmp_path / "out")
    cells = {("Objectives", place(path, "Objectives", "Owner on your side")): "Carla Ahrendsen"}
    cells |= {("Joint plan", "C5"): "We know the hospitals <b>", ("Risks", "A1"): "Dangers"}
    back = filled_in(path, cells | {("Risks", place(path, "Risks", "Owner")): "Nobody"})
    assert not stage.go("data").accept_files([back]), "it is no import"
    tab = stage.go("partners", PARTNER, "plan").detail.page
    assert stage.window.page.accept_files([back])
    stage.quiet()
    dialog = stage.dialog(ProposalsDialog)
    assert dialog.count.text().startswith("3 proposals wait")
    assert "1 other cell is not as sent; nothing of that is taken: Risks A1" in dialog.others.text()
    photograph(dialog, "proposals")
    by_what = {entry.row.what: entry for entry in dialog.entries}
    by_what["Owner"].refuse.click()
    stage.quiet()
    by_what = {entry.row.what: entry for entry in dialog.entries}
    by_what["Why this partnership, this year"].accept.click()
    stage.quiet()
    assert [row.what for row in dialog.rows] == ["Owner on their side"]
    assert any(entry.row.status == "refused" for entry in dialog.entries)
    dialog.reject()
    stage.quiet()
    assert tab.papers.waiting.isVisible() and tab.papers.waiting.words() == "1 proposal to decide"
    stage.act("edit.undo")
    stage.quiet()
    assert tab.papers.waiting.words() == "2 proposals to decide"


def test_another_partners_plan_is_refused_on_this_ones_tab(stage: Stage, tmp_path: Path) -> None:
    path = sent(stage, tmp_path / "out")
    stage.go("partners", "P-02", "plan")
    assert stage.window.page.accept_files([path])
    stage.quiet()
    assert "is the plan of Tesserin Cloud, not of" in stage.says()
    stage.go("partners")
    assert stage.window.page.accept_files([path])
    stage.quiet()
    assert "nothing was changed in it" in stage.dialog(ProposalsDialog).others.text()
