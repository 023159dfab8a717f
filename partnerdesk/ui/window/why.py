"""Why in the window: the panel that answers, the ring around the figure it is about, the links it offers."""

from typing import TYPE_CHECKING

from partnerdesk.ui.widgets.focus_ring import Ring
from partnerdesk.ui.widgets.number import Number
from partnerdesk.ui.window.frame import Frame

if TYPE_CHECKING:
    from partnerdesk.ui.explanation import Explanation
    from partnerdesk.ui.why_links import WhyLinks


class WindowWhy:
    """Answers why for one window."""

    def __init__(self, window: Frame) -> None:
        self._window, self._side = window, window.side
        self.ring = Ring(window)
        self._side.opened_input.connect(lambda row: self._links().open_input(row))
        self._side.opened_rule.connect(lambda key, version: self._links().open_rule(key, version))
        self._side.why_closed.connect(lambda: self.ring.follow(None))

    def show(self, explanation: "Explanation") -> None:
        """Open the inspector on a figure, or close it when it explains this one already."""
        self._side.show_why(explanation)
        self.ring.follow(self._number(explanation.figure) if self._side.is_why else None)

    def _links(self) -> "WhyLinks":
        from partnerdesk.ui.why_links import WhyLinks

        return WhyLinks(self._window)

    def _number(self, figure: str) -> Number | None:
        page = self._window.page
        numbers = page.findChildren(Number) if page is not None else []
        return next((n for n in numbers if n.figure == figure and n.isVisible()), None)
