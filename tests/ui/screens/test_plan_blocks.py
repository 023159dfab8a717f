"""The other blocks of a plan as a user meets them: whitespace, people, escalations, 90 days, versions, templates."""

from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from partnerdesk.ui.dialogs.reason import ReasonDialog
from partnerdesk.ui.screens.partner.plan.matrix import short_names
from partnerdesk.ui.widgets.editors import InlineLine
from partnerdesk.ui.widgets.text import Label
from tests.ui.screens.conftest import Stage, cells

Key = Qt.Key


def plan(stage: Stage, sub: str, partner: str = "P-01") -> Any:
    return stage.go("partners", partner, "plan", sub).detail.page


def next_year(stage: Stage, sub: str, partner: str = "P-01") -> Any:
    """The shared plan of 2027, which is not locked yet."""
    tab = plan(stage, sub, partner)
    tab.choose(next(p.id for p in tab.view.versions if p.start.year == 2027))
    stage.quiet()
    return tab


def test_enter_on_a_gap_makes_an_objective_in_one_step(stage: Stage) -> None:
    tab = next_year(stage, "whitespace")
    page, before = tab.whitespace, len(tab.view.objectives)
    assert page.cell() == page.found.best[0] and page.cell().state == "gap"
    taken = {(li.customer, li.product) for li in tab.view.links}
    free = next(c for c in page.found.best if (c.customer, c.product) not in taken)
    page.choose(free.customer, free.product)
    page.reload(tab.view)
    stage.quiet()
    cell = page.cell()
    assert cell == free
    assert page.panel.title.text() == page.found.name_of(cell)
    page.table.setFocus()
    stage.qtbot.keyClick(page.table, Key.Key_Return)
    stage.quiet()
    made = tab.view.objectives[-1]
    assert len(tab.view.objectives) == before + 1 and made.target == cell.value
    assert [(li.customer, li.product) for li in tab.view.links if li.objective == made.id] == [
        (cell.customer, cell.product)
    ]
    assert stage.window.commands.text("edit.undo") == "Undo add objective from a gap"
    page.panel.show_cell(page.cell(), page.found)
    assert page.panel.objective.words() == "Show objective" and "An objective works on it." in page.panel.state.text()
    page.panel.add_objective()  # the same gap again shows the objective that is there
    stage.quiet()
    assert tab.sub == "objectives" and tab.tables.tables["objectives"].current_row().id == made.id
    assert len(tab.view.objectives) == before + 1
    stage.act("edit.undo")
    assert len(tab.view.objectives) == before and not [li for li in tab.view.links if li.objective == made.id]


def test_a_gap_becomes_a_deal_also_under_an_agreed_plan(stage: Stage) -> None:
    tab = plan(stage, "whitespace")
    page = tab.whitespace
    taken = {(li.customer, li.product) for li in tab.view.links}
    free = next(c for c in page.found.best if (c.customer, c.product) not in taken)
    page.table.select(free.customer, [c.key for c in page.found.columns].index(free.product) + 1)
    cell = page.cell()
    assert cell == free
    assert not page.panel.objective.isEnabled() and "agreed" in page.panel.objective.accessibleDescription()
    page.panel.deal.click()
    stage.quiet()
    now = page.cell()
    assert (now.customer, now.product, now.state) == (cell.customer, cell.product, "pipeline")
    assert page.panel.state.text() == "In pipeline."


def test_each_partners_gaps_are_headed_in_its_own_currency(stage: Stage) -> None:
    for sub in ("whitespace", "objectives"):
        for partner, currency in (("P-01", "EUR"), ("P-13", "GBP")):
            page = plan(stage, sub, partner)
            table = page.whitespace.table if sub == "whitespace" else page.tables.page("objectives").matrix
            assert [c.title for c in table.table_model.columns if c.key == "gap"] == [f"Gap, {currency}"]


def test_a_plan_begins_where_the_strip_says(stage: Stage) -> None:
    plan(stage, "people", "P-01")
    detail = stage.go("partners", "P-13", "plan").detail
    assert detail.page.sub == "objectives" and detail.page.pages.currentWidget() is detail.page.tables.page(
        "objectives"
    )


def test_what_a_person_says_of_a_gap_is_saved(stage: Stage) -> None:
    page = plan(stage, "whitespace").whitespace
    total = page.found.gap
    was = page.cell().value
    page.panel.value.setText("12,500")
    page.panel.value.commit()
    stage.quiet()
    assert page.cell().value == Decimal(12_500) and page.found.gap == total - was + 12_500
    assert "as others pay" not in page.panel.state.text()
    page.panel.eligible.click()
    stage.quiet()
    assert page.cell().state == "not eligible" and page.panel.eligible.words() == "Eligible again"
    assert page.found.gap == total - was


def test_every_gap_is_named_and_leads_to_the_cell_where_it_is_filled(stage: Stage) -> None:
    tab = next_year(stage, "risks")
    (gap,) = tab.view.gaps
    assert tab.head.gaps.words() == "1 gap before it can be agreed" and not tab.lock.isEnabled()
    tab.jump(gap.block, gap.id, gap.column)
    stage.quiet()
    table = tab.tables.tables["objectives"]
    assert tab.sub == "objectives" and table.current_row().id == gap.id
    editor = table.viewport().findChild(InlineLine)
    assert editor is not None and editor.text().endswith(" @") and not editor.hasSelectedText()
    name = next(person.name for person in tab.view.known if person.side == "partner")
    stage.qtbot.keyClicks(editor, name[:-2])  # the beginning of a name is enough
    popup = editor.completer().completionModel()
    assert [popup.index(n, 0).data() for n in range(popup.rowCount())] == [f"@{name}"]
    stage.qtbot.keyClick(editor, Qt.Key.Key_Return)
    stage.quiet()
    assert tab.view.gaps == () and tab.lock.isEnabled()
    assert name in [row.partner_owner for row in tab.view.objectives]


def test_people_are_kept_up_to_date_in_an_agreed_plan(stage: Stage) -> None:
    tab = plan(stage, "people")
    table = tab.tables.tables["people"]
    stage.act("page.new")
    QApplication.processEvents()
    editor = table.viewport().findChild(InlineLine)
    assert editor is not None
    stage.qtbot.keyClicks(editor, "Ann Example")
    stage.qtbot.keyClick(editor, Key.Key_Return)
    stage.quiet()
    assert cells(table, "name")[-1] == "Ann Example" and cells(table, "side")[-1] == "theirs"
    assert not tab.tables.may_add("accounts", tab.view)  # a promise: only the next version changes it


def test_a_risk_is_escalated_taken_up_and_settled(stage: Stage) -> None:
    tab = plan(stage, "risks", "P-03")
    risks, raised = tab.tables.tables["risks"], tab.tables.tables["escalations"]
    assert raised.table_model.rows == []
    tab.tables.menus.ladder.escalate(risks.table_model.rows[0])
    stage.quiet()
    assert cells(raised, "clock") == ["2 days left"] and cells(risks, "next")[0] == "escalated"
    up = tab.tables.menus.of("escalations", raised.table_model.rows[0])[0]
    up.trigger()
    stage.quiet()
    assert cells(raised, "level") == ["2"] and cells(raised, "clock") == ["5 days left"]
    tab.tables.menus.ladder.settle(raised.table_model.rows[0])
    dialog = stage.dialog(ReasonDialog)
    dialog.reason.setText("A second engineer starts in January")
    dialog.accept()
    stage.quiet()
    assert cells(raised, "clock") == ["Settled"]


def test_a_line_of_the_90_days_is_done_with_d(stage: Stage) -> None:
    tab = plan(stage, "motion")
    table = tab.tables.tables["motion"]
    late = cells(table, "state").index("Late")
    table.setFocus()
    table.select(table.table_model.rows[late].id)
    stage.qtbot.keyClick(table, Key.Key_D)
    stage.quiet()
    assert cells(table, "state")[late] == "Done 19 Nov"


def test_another_version_is_shown_with_what_changed_since(stage: Stage) -> None:
    tab = plan(stage, "thesis", "P-03")
    assert [tab.head.choice.itemText(n) for n in range(tab.head.choice.count())] == [
        "Joint plan 2026, version 2",
        "Joint plan 2026, version 1",
    ]
    said = [label.text() for label in tab.thesis.side.changes.findChildren(Label)]
    assert said[0] == "Version 2"
    assert "Objectives: “Second product at three customers”, target: 2 → 3." in said
    assert "Ladder: “Directors”, days: 7 → 5." in said
    tab.head.choice.activated.emit(1)
    stage.quiet()
    assert tab.view.plan.version == 1 and tab.state.accessibleName() == "Closed"
    assert not tab.thesis.side.changes.isVisible()


@pytest.mark.parametrize("kind", ["integrator", "unheard of"])
def test_a_plan_starts_from_the_template_of_its_kind(stage: Stage, kind: str) -> None:
    from partnerdesk.engine.facts import Partner
    from partnerdesk.ops.rows.facts import add_rows

    stage.desk.run("New", add_rows, [Partner(id="P-99", name="Nothing Yet AB", type=kind)])
    stage.quiet()
    tab = plan(stage, "objectives", "P-99")
    assert tab.empty.primary.words() == f"Start from the {kind} template"
    tab.empty.primary.click()
    stage.quiet()
    view = tab.view
    assert view.plan.template == (kind if kind == "integrator" else "reseller") and view.plan.start.year == 2027
    assert len(view.targets) == 3 and view.targets[0].source == "auto"
    assert len(view.ladder) == 3 and len(view.rhythm) == 4 and view.decisions and view.risks and view.motion
    stage.act("edit.undo")
    assert tab.empty.isVisible()


def test_a_shared_word_of_the_vendor_is_left_out_of_narrow_titles() -> None:
    assert short_names(["Fennmark Core", "Fennmark Hub", "Fennmark Care", "Launch package"]) == [
        "Core",
        "Hub",
        "Care",
        "Launch package",
    ]
    assert short_names(["Road Bikes", "Road Frames"]) == ["Road Bikes", "Road Frames"]
