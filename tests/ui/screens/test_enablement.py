"""Enablement as a user meets it: gaps under the score, a page of people, certificates and sessions, one step each."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit

from partnerdesk.ops.imports.effect import Effect, Moved, PartnerEffect
from partnerdesk.queries.joint.actions import actions
from partnerdesk.ui import exporting
from partnerdesk.ui.dialogs.confirm import ConfirmDialog
from partnerdesk.ui.dialogs.fund_step import StepDialog
from partnerdesk.ui.screens.partner.progress.gap_section import GapSection
from partnerdesk.ui.widgets.button import Button
from tests.ui.screens.conftest import Stage
from tests.ui.screens.test_partners import texts


def page(stage: Stage, partner: str) -> Any:
    return stage.go("partners", partner, "progress", "enablement").detail.page.enablement


def press(widget: Any, name: str) -> None:
    found = [b for b in widget.findChildren(Button) if b.accessibleName().startswith(name) and b.isVisible()]
    assert found, f"no button {name}"
    found[0].click()


def test_the_gap_stands_under_the_score_and_leads_to_its_page(stage: Stage) -> None:
    tab = stage.go("partners", "P-01", "progress").detail.page
    section = tab.page.findChild(GapSection)
    said = texts(section)
    assert "Gold: certified people, 1 more" in said
    assert "Fennmark Core Engineer, pathways Advisory, Deployment" in said and "Soonest: " in said
    press(section, "Open enablement")
    stage.quiet()
    assert stage.window.page.place().sub == "enablement" and tab.enablement.isVisible()
    tab.show_sub("score")
    stage.quiet()
    assert tab.page.isVisible() and tab.period.isVisible()


def test_a_gap_becomes_an_action_with_a_name(stage: Stage) -> None:
    shown = page(stage, "P-01")
    press(shown, "Create action Gold")
    stage.quiet()
    found: list[Any] = []
    stage.desk.read(actions, stage.desk.today(), "P-01", only_open=True, done=found.extend)
    stage.quiet()
    made = next(a for a in found if a.text == "Renew Fennmark Core Engineer")
    assert (made.side, made.owner, made.measure) == ("partner", "Benno Hollerau", "Gold: certified people, 1 more")


def test_a_tier_at_risk_is_kept_by_the_renewal_that_comes_first(stage: Stage) -> None:
    shown = page(stage, "P-02")
    press(shown, "Create action Gold is at risk")
    stage.quiet()
    found: list[Any] = []
    stage.desk.read(actions, stage.desk.today(), "P-02", only_open=True, done=found.extend)
    stage.quiet()
    made = next(a for a in found if a.text == "Renew Fennmark Core Engineer")
    assert (made.owner, made.due) == ("Anaïs Duvallon", date(2027, 2, 10))


def test_a_certificate_is_recorded_and_taken_back(stage: Stage) -> None:
    shown = page(stage, "P-01")
    before = len(shown.view.certificates)
    press(shown, "Record certificate")
    dialog = stage.dialog(StepDialog)
    for key, text in (("person", "Benno Hollerau"), ("certificate", "Fennmark Core Engineer")):
        field = dialog.fields[key]
        assert isinstance(field, QLineEdit)
        field.setText(text)
    dialog.verb.click()
    stage.quiet()
    assert not [g for g in shown.view.gaps if not g.met], "the gate is met, the page says so at once"
    stage.act("edit.undo")
    assert len(shown.view.certificates) == before and [g for g in shown.view.gaps if not g.met]


def test_a_session_is_logged_with_its_people(stage: Stage) -> None:
    shown = page(stage, "P-01")
    shown._choose("sessions")
    press(shown, "Log session")
    dialog = stage.dialog(StepDialog)
    dialog.fields["title"].setText("Deployment clinic")
    dialog.fields["people"].setText("Ada Berg, Bo Ek")
    dialog.verb.click()
    stage.quiet()
    first = shown.view.sessions[0]
    assert [a.person for a in first.people] == ["Ada Berg", "Bo Ek"] and first.day == stage.desk.today()
    assert {w.walker.person for w in shown.view.on_pathways} >= {"Ada Berg", "Bo Ek"}


def test_another_partner_begins_at_its_score(stage: Stage) -> None:
    page(stage, "P-02")
    detail = stage.go("partners", "P-01", "progress").detail
    assert detail.page.page.isVisible() and detail.sub == "score"
    assert detail.tabs._subs.currentIndex() == 0
    assert stage.go("partners", "P-01", "progress", "enablement").detail.tabs._subs.currentIndex() == 1


def test_a_certificate_under_closed_statements_is_removed_after_a_question(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = PartnerEffect("P-01", "One", "EUR", (Moved("trueup", Decimal(0), Decimal(-40)),), ("2026-09",), ())
    found = Effect(date(2026, 11, 19), date(2026, 10, 1), True, (moved,))
    monkeypatch.setattr(exporting, "export_away", lambda *_args, done, **_given: done(found))
    shown = page(stage, "P-01")
    row = shown.view.certificates[0]
    shown.acts.remove_certificate(row)
    stage.quiet()
    dialog = stage.dialog(ConfirmDialog)
    assert "corrects One −40.00 EUR." in " ".join(label.text() for label in dialog.findChildren(QLabel))
    dialog.verb.click()
    stage.quiet()
    assert row.held.fact not in {one.held.fact for one in shown.view.certificates}
    gone = stage.go("data", "gone").pages["gone"].table.table_model.rows
    assert [(one.fact, one.missing) for one in gone] == [(row.held.fact, "the book, removed by hand")]
