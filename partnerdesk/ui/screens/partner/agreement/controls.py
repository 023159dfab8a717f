"""The buttons of the agreement in the header of History: made with the tab, shown with the page."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from partnerdesk.ui.actions import NEEDS, WRITABLE
from partnerdesk.ui.widgets.button import PRIMARY, Button

if TYPE_CHECKING:
    from partnerdesk.ops.agreements.view import AgreementView


class AgreementControls:
    """`act` runs a verb of the page, by its name."""

    def __init__(self, act: Callable[[str], object]) -> None:
        self.issue = Button("Issue", partial(act, "issue"), icon="lock", kind=PRIMARY)
        self.sign = Button("Record signature…", partial(act, "sign"), icon="pencil")
        self.compare = Button("Check a file…", partial(act, "check_file"), icon="circle-check")
        self.export = Button("Export PDF", partial(act, "export"), icon="file-down", keys="Ctrl+E")
        self.all: list[QWidget] = [self.compare, self.sign, self.issue, self.export]

    def show_view(self, view: "AgreementView", *, is_shown: bool, is_next: bool, is_writable: bool) -> None:
        """What can be done with the chosen version, or with the next one."""
        self.issue.set_text(f"Issue version {view.rows[0].version + 1 if view.rows else 1}…")
        self.issue.setVisible(is_shown and is_next)
        self.sign.setVisible(is_shown and not is_next)
        self.export.setVisible(is_shown and not is_next)
        self.compare.setVisible(is_shown and bool(view.rows))
        readable = "" if is_writable else NEEDS[WRITABLE]
        self.issue.allow(readable or (view.why_not.sentence if view.why_not else ""))
        self.sign.allow(readable)
