"""The review that is open, as the parts of its builder see it: its rows, its pages as they were laid out, its edits."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from partnerdesk.ui.screens.base import Place, Screen
from partnerdesk.ui.screens.review.laying import PageLaying
from partnerdesk.ui.screens.review.page_names import PAGE_NAMES
from partnerdesk.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from partnerdesk.ops.pack.laid import LaidPack
    from partnerdesk.queries.joint.review_desk import ReviewDesk
    from partnerdesk.queries.joint.reviews import ReviewView
    from partnerdesk.ui.screens.review.composing import Pages

PARTNER, INTERNAL = "partner", "internal"


class OpenReview(QWidget):
    """What lists, panel and acts rest on; the builder puts them together."""

    def __init__(self, host: Screen) -> None:
        super().__init__()
        self.host = host
        self.id = 0
        self.desk_view: ReviewDesk | None = None
        self.made: Pages | None = None
        self.current = "summary"
        self._laying = PageLaying(host, self._composed, self._not_composed)
        self.variant = Segmented(
            "Variant", (("Partner", PARTNER), ("Internal", INTERNAL)), lambda _v: self._compose(), PARTNER
        )

    @property
    def view(self) -> "ReviewView | None":
        """The review with its parts, once it was read."""
        return self.desk_view.view if self.desk_view is not None else None

    @property
    def is_list(self) -> bool:
        """Whether a list is in view, which has the whole width."""
        return self.current.startswith("list.")

    # Its pages

    @property
    def is_internal(self) -> bool:
        """Whether our own variant is in view."""
        return self.variant.value() == INTERNAL

    def show_partner_variant(self) -> None:
        """The pages that the partner sees."""
        self.variant.set_value(PARTNER)
        self._compose()

    def laid(self) -> "LaidPack | None":
        """The pages in view as they would be exported, while nothing newer is on its way."""
        return self._laying.laid(internal=self.is_internal)

    def _compose(self) -> None:
        if self.view is not None:
            self._laying.ask(self.view.review, internal=self.is_internal)

    def _composed(self, made: "Pages") -> None:
        """The pages were laid out."""
        raise NotImplementedError

    def _not_composed(self, error: Exception) -> None:
        """They could not be."""
        raise NotImplementedError

    def page_name(self, key: str) -> str:
        """What the outline calls a page."""
        return PAGE_NAMES.get(key, key)

    # Going and changing

    def go_to(self, key: str) -> None:
        """A page or a list, as a place one comes back from."""
        self.host.shell.go(Place("reviews", str(self.id), key))

    def show_pages(self) -> None:
        """The pages instead of a list."""
        self.go_to("summary")

    def change(self, label: str, op: Callable[..., Any], *args: Any, **values: Any) -> None:
        """One edit of the review."""
        self.host.run(label, op, *args, **values)
