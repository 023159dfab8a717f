"""The chip of views: one is chosen from its menu, kept under a name, forgotten; it says when it was changed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from partnerdesk.queries.joint.action_views import BUILT_IN, ActionView
from partnerdesk.ui.dialogs.name import NameDialog
from partnerdesk.ui.widgets.chip import Chip

if TYPE_CHECKING:
    from partnerdesk.ui.screens.action_pages.promised import ActionsSegment

KEEP, FORGET = "Keep this view…", "Forget this view"


class ViewChip(Chip):
    """Names the view of a segment. `tell` brings it in step with what the segment shows."""

    def __init__(self, segment: "ActionsSegment") -> None:
        super().__init__("", says="View")
        self._segment = segment
        self._own: Mapping[str, ActionView] = {}
        self.name = next(iter(BUILT_IN))
        self.tell()

    def know(self, own: Mapping[str, ActionView]) -> None:
        """The views that are kept in the book."""
        self._own = own
        self.tell()

    @property
    def is_changed(self) -> bool:
        """Whether something else is shown than the named view; the partner is the page's place, no part of it."""
        kept = self._known().get(self.name)
        return kept is None or replace(self._segment.now(), partner="") != replace(kept, partner="")

    def tell(self) -> None:
        """Name the view that is shown, and offer the others."""
        known, shown = self._known(), replace(self._segment.now(), partner="")
        if known.get(self.name) != shown:
            self.name = next((name for name, view in known.items() if view == shown), self.name)
        if self.name not in known:
            self.name = next(iter(BUILT_IN))
        self.set_text(f"{self.name}, changed" if self.is_changed else self.name)
        choices: list[tuple[str, object]] = [(name, name) for name in known]
        choices += [(KEEP, KEEP)] if self.is_changed else []
        choices += [(FORGET, FORGET)] if self.name in self._own else []
        self.offer(choices, self._chosen_name)

    def _known(self) -> dict[str, ActionView]:
        return {**BUILT_IN, **self._own}

    def _chosen_name(self, name: object) -> None:
        if name == KEEP:
            self._ask_name()
        elif name == FORGET:
            self._forget()
        else:
            self.name = str(name)
            view = self._known()[self.name]
            self._segment.show_view(replace(view, partner=self._segment.view.partner))

    def _ask_name(self) -> None:
        text = "The view is kept in the book: state, side, owner and what is typed."
        own = self.name if self.name in self._own else ""
        NameDialog(self.window(), "Keep this view", text, "Keep view", self._keep, own).open()

    def _keep(self, name: str) -> None:
        from partnerdesk.ops.joint.action_views import keep_view

        view = replace(self._segment.now(), partner="")
        self.name = name
        self._segment.host.run("Keep view", keep_view, name, view, toast=f"View {name} kept")

    def _forget(self) -> None:
        from partnerdesk.ops.joint.action_views import forget_view

        self._segment.host.run("Forget view", forget_view, self.name, toast=f"View {self.name} forgotten")
