"""Overview shows the stage of the partner's life and what waits there."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QMenu

from partnerdesk import paths
from partnerdesk.ui.screens.partner.overview import one_page
from partnerdesk.ui.widgets.status import Status
from partnerdesk.ui.widgets.text import LineLabel
from tests.ui.screens.conftest import Stage


@pytest.mark.parametrize(
    ("partner", "words"),
    [
        # a stage that asks for something says what there is of it
        (
            "P-05",
            (
                "Training",
                "stage 2 of 4",
                "People who can deploy on their own",
                "Certified people",
                "1 of 2",
                "Milestones: Two people certified; First deployment clinic attended.",
            ),
        ),
        # one that goes on names its milestones
        ("P-13", ("Renewal conversations", "stage 4 of 4", "Health check before each renewal", "Renewals signed")),
        # and what pays for it
        ("P-13", ("Pays: Recurring commission; Expansion commission.",)),
    ],
)
def test_the_stage_and_what_waits_there(stage: Stage, partner: str, words: tuple[str, ...]) -> None:
    page = stage.go("partners", partner, "overview").detail.page
    said = {label.text() for label in (*page.findChildren(QLabel), *page.findChildren(LineLabel))}
    said |= {status.accessibleName() for status in page.findChildren(Status)}
    assert set(words) <= said


def test_the_digest_of_a_partner_is_written_by_its_command(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(paths, "folder", lambda _name: tmp_path / "exports")
    stage.go("partners", "P-05", "overview")
    stage.act("partner.digest")
    (written,) = (tmp_path / "exports").glob("*.pdf")
    assert "INTERNAL" not in written.name
    assert stage.toast().startswith(f"{written.name} written: digest for ")


@pytest.mark.parametrize(("words", "is_ours"), [("Brief, for us alone", True), ("Digest, for the partner", False)])
def test_the_print_preview_of_the_overview_asks_which_page(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, words: str, is_ours: bool
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(paths, "folder", lambda _name: tmp_path / "exports")
    monkeypatch.setattr(one_page, "open_document", opened.append)
    page = stage.go("partners", "P-05", "overview").detail.page
    stage.act("page.preview")
    assert not (tmp_path / "exports").exists(), "nothing is written before one is chosen"
    (menu,) = [menu for menu in page.findChildren(QMenu) if menu.title() == "Print preview"]
    next(action for action in menu.actions() if action.text() == words).trigger()
    menu.close()
    stage.quiet()
    (written,) = opened
    assert written.exists() and ("INTERNAL" in written.name) is is_ours
