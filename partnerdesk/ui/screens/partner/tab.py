"""What every tab of a partner shares: it reads for one partner, explains that partner's figures, scrolls."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerdesk.errors import Refused
from partnerdesk.ui.screens.inner import Inner
from partnerdesk.ui.screens.whys import explain_figure
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.scrolled import scrolling

if TYPE_CHECKING:
    from partnerdesk.ui.screens.base import Screen


class PartnerTab(Inner):
    """A tab: what it reads, it reads for `self.partner`."""

    def __init__(self, host: "Screen") -> None:
        super().__init__(host)
        self.partner = ""
        self.sub = ""
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.content = QWidget()
        self.body = QVBoxLayout(self.content)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self._scroll = scrolling(self.content)
        outer.addWidget(self._scroll)
        self._nothing: Empty | None = None
        self.build()

    def show_partner(self, partner: str, sub: str = "") -> None:
        """Show another partner or sub-page."""
        if partner != self.partner:
            self.sub = ""
        self.partner = partner
        self.sub = sub or self.sub
        self.reload()

    def header_controls(self) -> list[QWidget]:
        """Chips and buttons of the tab in the page header, made once."""
        return []

    def what_if(self) -> Button:
        """The way to what would be, in the header of a tab that shows what is or may come."""
        then = partial(self.shell.commands.trigger, "tools.whatif")
        return Button("What-if", then, icon="flask-conical", keys=self.shell.commands.keys("tools.whatif"))

    def subs(self) -> Sequence[tuple[str, str]]:
        """Sub-pages for the tab strip: words and key."""
        return ()

    def show_sub(self, key: str) -> None:
        """Show a sub-page."""

    def commands(self) -> dict[str, Callable[[], object]]:
        """Commands that the tab answers."""
        return {}

    def letters(self) -> dict[str, Callable[[], object]]:
        """Single letters that act while a list of the tab has the keyboard."""
        return {}

    def ask_why(self, figure: str) -> None:
        """A number of this tab asks."""
        explain_figure(self.host, self.partner, figure)

    def read(self, query: Any, *args: Any, done: Any, slot: str) -> None:
        """A read whose result is dropped when the partner changed meanwhile; a refusal stands in the tab's place."""
        partner = self.partner

        def arrived(value: Any) -> None:
            if partner == self.partner:
                self._say(None)
                done(value)

        def refused(error: Exception) -> None:
            if partner != self.partner:
                return
            if isinstance(error, Refused):
                self._say(error)
            else:
                self.host.show_error(error)

        name = f"{self.host.ID}.{self.KEY}.{slot}"
        self.desk.read(query, *args, done=arrived, failed=refused, slot=name)

    def _say(self, error: Refused | None) -> None:
        """Why there is nothing to show, instead of what belongs to another partner."""
        if self._nothing is not None:
            self._nothing.hide()
            self._nothing.deleteLater()
            self._nothing = None
        self._scroll.setVisible(error is None)
        if error is not None:
            self._nothing = Empty(error.sentence, error.remedy)
            layout = self.layout()
            assert layout is not None
            layout.addWidget(self._nothing)
