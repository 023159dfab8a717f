"""Overview shows the stage of the partner's life and what waits there."""

import pytest
from PySide6.QtWidgets import QLabel

from partnerdesk.ui.widgets.status import Status
from partnerdesk.ui.widgets.text import LineLabel
from tests.ui.screens.conftest import Stage


@pytest.mark.parametrize(
    ("partner", "words"),
    [
        # a stage that asks for something says what there is of it
        ("P-05", ("Training", "stage 2 of 4", "People who can deploy on their own", "Certified people", "1 of 2")),
        # one that goes on names its milestones
        ("P-13", ("Renewal conversations", "stage 4 of 4", "Health check before each renewal", "Renewals signed")),
    ],
)
def test_the_stage_and_what_waits_there(stage: Stage, partner: str, words: tuple[str, ...]) -> None:
    page = stage.go("partners", partner, "overview").detail.page
    said = {label.text() for label in (*page.findChildren(QLabel), *page.findChildren(LineLabel))}
    said |= {status.accessibleName() for status in page.findChildren(Status)}
    assert set(words) <= said
