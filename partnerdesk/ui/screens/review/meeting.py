"""When and where a review takes place, how long, and when the next one does: a strip of fields above the agenda."""

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerdesk.ui.screens.review.list_columns import whole
from partnerdesk.ui.screens.review.opened import OpenReview
from partnerdesk.ui.theme import theme
from partnerdesk.ui.typed_day import day_reader
from partnerdesk.ui.typed_time import read_time
from partnerdesk.ui.widgets.editors import AutosaveLine
from partnerdesk.ui.widgets.flow import Flow
from partnerdesk.ui.widgets.text import Label, LineLabel

if TYPE_CHECKING:
    from partnerdesk.queries.joint.reviews import ReviewView


class MeetingStrip(QWidget):
    """Each field saves by itself; a held review keeps its own, only the next date may still be set."""

    def __init__(self, opened: OpenReview) -> None:
        super().__init__()
        self._opened = opened
        self._formats = opened.host.desk.formats
        self._day = day_reader(opened.host.desk.today, self._formats)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme().px(4))
        self.fields: dict[str, AutosaveLine] = {}
        cells = [self._field(*wanted) for wanted in self._wanted()]
        column.addWidget(Flow(cells, LineLabel(""), gap=12))

    def _field(self, name: str, label: str, parse: Any, width: int) -> QWidget:
        """A field under its name."""
        cell, px = QWidget(), theme().px
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        field = AutosaveLine(label, partial(self._save, name), parse, hint=self._hint(name))
        field.setFixedWidth(px(width))
        self.fields[name] = field
        column.addWidget(Label(label, "small", "muted"))
        column.addWidget(field)
        return cell

    def _wanted(self) -> tuple[tuple[str, str, Any, int], ...]:
        return (
            ("day", "Date", self._day, 130),
            ("time", "Time", read_time, 80),
            ("place", "Place", str.strip, 180),
            ("minutes", "Minutes", whole, 80),
            ("next_review", "Next review", self._day, 130),
        )

    def _hint(self, name: str) -> str:
        """How a field is filled in."""
        soon = self._formats.day(self._opened.host.desk.today() + timedelta(days=7))
        return {"day": soon, "time": "14:00", "place": "City or call", "next_review": "Not agreed"}.get(name, "")

    def show_view(self, view: "ReviewView") -> None:
        """Show what is kept."""
        review = view.review
        for name, field in self.fields.items():
            value = getattr(review, name)
            is_day = name in ("day", "next_review")
            shown = "" if value is None else self._formats.day(value) if is_day else str(value)
            field.show_text(shown)
            field.setReadOnly(review.is_held and name != "next_review")

    def commit(self) -> None:
        """Save what was typed up to now."""
        for field in self.fields.values():
            field.commit()

    def _save(self, name: str, value: Any) -> None:
        from partnerdesk.ops.joint.reviews import change_review

        view = self._opened.view
        if view is not None:
            before = {name: getattr(view.review, name)}
            label = f"Edit {name.replace('_', ' ')} of review"
            self._opened.change(label, change_review, view.review.id, before, **{name: value})
