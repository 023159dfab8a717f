"""A metric's audit as a user meets it: from its Why to a sample, findings, a correction, and the Why that says so."""

from typing import Any

from partnerdesk.queries.audits import AuditView, audits
from partnerdesk.ui.dialogs.audit import WIDTH, AuditDialog, FindingDialog, FinishDialog, StartDialog
from tests.ui.screens.conftest import Stage
from tests.ui.screens.test_disputes import photograph

PARTNER, METRIC, PERIOD = "P-04", "joint_revenue", "2026Q3"


def only(stage: Stage) -> AuditView:
    (found,) = stage.desk._open_store().read(audits, PARTNER)
    return found


def why(stage: Stage) -> Any:
    page: Any = stage.go("partners", PARTNER, "progress")
    stage.quiet()
    page.explain(f"{PARTNER}#metric|{METRIC}|{PERIOD}")
    stage.quiet()
    return stage.window.side.inspector.shown


def record(stage: Stage, dialog: Any, finding: str, what: str = "keep", value: str = "") -> Any:
    dialog._record()
    stage.quiet()
    asked = stage.dialog(FindingDialog)
    asked.finding.show_value(finding)
    asked.what.show_value(what)
    asked._chose(None)
    asked.accept()
    assert "is needed" in asked.problem.text(), "a finding needs evidence"
    asked.evidence.setText("the signed order <b>in</b> the archive")
    if value:
        asked.value.setText(value)
        photograph(asked, "finding")
    asked.accept()
    stage.quiet()


def test_a_metric_is_audited_from_its_why_and_the_why_says_what_was_found(stage: Stage) -> None:
    why(stage).act.then()
    stage.quiet()
    start = stage.dialog(StartDialog)
    start.size_.setText("none")
    start.accept()
    assert "whole number" in start.problem.text()
    start.size_.setText("2")
    photograph(start, "audit-start")
    start.accept()
    stage.quiet()
    dialog = stage.dialog(AuditDialog)
    assert len(dialog.found.rows) == 2 and not dialog.finish.isEnabled()
    table = dialog.table
    at = [column.key for column in table.table_model.columns].index("source")
    where = max(table.fontMetrics().horizontalAdvance(row.source) for row in dialog.found.rows)
    assert where + 16 <= table.columnWidth(at), "where a row is found ends in dots"
    assert sum(column.width for column in table.table_model.columns) <= WIDTH - 56  # margins and the bar at the right
    record(stage, dialog, "right")
    second = next(row for row in dialog.found.rows if not row.finding)
    field = "amount" if second.kind in ("deal", "transaction") else "recurring"
    record(stage, dialog, "wrong", field, stage.desk.formats.number(second.amount + 10, 2))
    photograph(dialog, "audit")
    assert dialog.found.result == "1 of 2 wrong" and dialog.found.rows[second.number - 1].changed
    dialog.finish_asked.emit()
    stage.quiet()
    end = stage.dialog(FinishDialog)
    end.conclusion.setText("A typing error")
    end.accept()
    stage.quiet()
    assert only(stage).finished is not None
    dialog.report_asked.emit()
    stage.quiet()
    dialog.reject()
    shown = why(stage)
    assert [row.value for row in shown.audited] == ["1 of 2 wrong"] and shown.act.words == "Audit…"
    assert "1 of 2 wrong" in shown.as_text()
    photograph(stage.window, "audit-why")
