"""The chip of views: one is chosen from its menu, kept under a name, forgotten; it says when it was changed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from partnerdesk.queries.views import ViewSet
from partnerdesk.ui.dialogs.name import NameDialog
from partnerdesk.ui.widgets.chip import Chip

if TYPE_CHECKING:
    from partnerdesk.ui.screens.base import Screen

KEEP, FORGET = "Keep this view…", "Forget this view"


class Viewed(Protocol):
    """A segment that is looked at through views; its frozen views have a `partner`, which is the page's place."""

    host: "Screen"

    def now(self) -> Any:
        """What is looked at, with what is typed."""

    def show_view(self, view: Any) -> None:
        """Look at something else."""


class ViewChip(Chip):
    """Names the view of a segment. `tell` brings it in step with what the segment shows; `parts` says what is kept."""

    def __init__(self, segment: Viewed, views: ViewSet[Any], parts: str) -> None:
        super().__init__("", says="View")
        self._segment, self._views, self._parts = segment, views, parts
        self._own: Mapping[str, Any] = {}
        self.name = next(iter(views.built_in))
        self.tell()

    def know(self, own: Mapping[str, Any]) -> None:
        """The views that are kept in the book."""
        self._own = own
        self.tell()

    @property
    def is_changed(self) -> bool:
        """Whether something else is shown than the named view; the partner is the page's place, no part of it."""
        kept = self._known().get(self.name)
        return kept is None or self._shown() != replace(kept, partner="")

    def tell(self) -> None:
        """Name the view that is shown, and offer the others."""
        known, shown = self._known(), self._shown()
        if known.get(self.name) != shown:
            self.name = next((name for name, view in known.items() if view == shown), self.name)
        if self.name not in known:
            self.name = next(iter(self._views.built_in))
        self.set_text(f"{self.name}, changed" if self.is_changed else self.name)
        choices: list[tuple[str, object]] = [(name, name) for name in known]
        choices += [(KEEP, KEEP)] if self.is_changed else []
        choices += [(FORGET, FORGET)] if self.name in self._own else []
        self.offer(choices, self.choose)

    def _known(self) -> dict[str, Any]:
        return {**self._views.built_in, **self._own}

    def _shown(self) -> Any:
        return replace(self._segment.now(), partner="")

    def choose(self, name: object) -> None:
        """A view by its name, or one of the two verbs."""
        if name == KEEP:
            self._ask_name()
        elif name == FORGET:
            self._forget()
        else:
            self.name = str(name)
            view = self._known()[self.name]
            self._segment.show_view(replace(view, partner=self._segment.now().partner))

    def _ask_name(self) -> None:
        text = f"The view is kept in the book: {self._parts}."
        own = self.name if self.name in self._own else ""
        NameDialog(self.window(), "Keep this view", text, "Keep view", self._keep, own).open()

    def _keep(self, name: str) -> None:
        from partnerdesk.ops.views import keep_view

        self.name = name
        said = f"View {name} kept"
        self._segment.host.run("Keep view", keep_view, self._views, name, self._shown(), toast=said)

    def _forget(self) -> None:
        from partnerdesk.ops.views import forget_view

        said = f"View {self.name} forgotten"
        self._segment.host.run("Forget view", forget_view, self._views, self.name, toast=said)
