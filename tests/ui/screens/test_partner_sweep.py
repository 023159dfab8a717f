"""Today, Partners and every tab of a partner by ear and by keyboard, full of rows."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from partnerdesk.ui.theme import theme
from tests.ui.screens.conftest import Stage
from tests.ui.test_accessible import controls, nameless

PLACES = [
    ("today",),
    ("partners",),
    ("partners", "P-24", "overview"),
    ("partners", "P-24", "progress"),
    ("partners", "P-04", "earnings", "2026-09"),
    ("partners", "P-01", "changes", "2026-06..today"),
    ("partners", "P-01", "plan", "objectives"),
    ("partners", "P-01", "plan", "thesis"),
    ("partners", "P-04", "history"),
    ("partners", "P-01", "history", "agreement"),
]


@pytest.mark.parametrize("place", PLACES, ids=["-".join(place) for place in PLACES])
def test_every_control_has_its_own_name_can_be_reached_and_fits(place: tuple[str, ...], stage: Stage) -> None:
    stage.go(*place)
    window = stage.window
    assert not nameless(window)
    names = [w.accessibleName() for w in controls(window) if isinstance(w, QAbstractButton) and w.isEnabled()]
    assert not {name for name in names if names.count(name) > 1}
    assert not unreached(stage)
    fits_small(stage)


def unreached(stage: Stage) -> set[str]:
    """What Tab does not come to."""
    wanted = {w for w in controls(stage.window) if w.isEnabled() and w.focusPolicy() & Qt.FocusPolicy.TabFocus}
    exclusive = {w for w in wanted if isinstance(w, QAbstractButton) and w.autoExclusive() and not w.isChecked()}
    reached: set[QWidget] = set()
    stage.window.sidebar.pages.setFocus()
    for _ in range(3 * len(wanted) + 10):
        focus = QApplication.focusWidget()
        assert focus is not None
        reached.add(focus)
        if wanted - exclusive <= reached:
            break
        stage.qtbot.keyClick(focus, Qt.Key.Key_Tab)
    return {w.accessibleName() for w in wanted - exclusive - reached}


def fits_small(stage: Stage) -> None:
    """At the smallest window, in larger text: what does not fit ends in an ellipsis or scrolls inside its own part."""
    window = stage.window
    window.resize(1024, 680)
    window.set_look(zoom=1.3)
    stage.quiet()
    page = window.page
    assert page is not None
    assert theme().zoom == 1.3
    parts = page.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    assert all(w.x() + w.width() <= page.width() + 1 for w in parts if w.isVisible())
    assert window.width() == 1024, "the page asks for no more room than there is"
