"""Where one has been: Back and Forward over places, as in a browser. Knows no window."""

from partnerdesk.ui.screens.base import Place

MOST = 100


class Trail:
    """Places in order of visiting and where among them one is."""

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._at = -1

    def visit(self, place: Place) -> None:
        """Go to a new place; what lay ahead is forgotten. The same place again changes nothing."""
        if self.here == place:
            return
        self._places = [*self._places[: self._at + 1], place][-MOST:]
        self._at = len(self._places) - 1

    def settle(self, place: Place) -> None:
        """The current place as it is now (another tab of it, for example)."""
        if self._at >= 0:
            self._places[self._at] = place

    @property
    def here(self) -> Place | None:
        """The current place."""
        return self._places[self._at] if self._at >= 0 else None

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place before."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether one came back from a place."""
        return self._at < len(self._places) - 1

    def back(self) -> Place:
        """The place before becomes the current one."""
        self._at -= 1
        return self._places[self._at]

    def forward(self) -> Place:
        """The place that one came back from."""
        self._at += 1
        return self._places[self._at]

    def forget(self) -> None:
        """Another book: no place of the old one can be opened."""
        self._places, self._at = [], -1
