"""Beside the thesis: who and when, where both sides stand today, and what each agreed version changed."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerdesk.ui.screens.need_words import plural
from partnerdesk.ui.screens.partner.plan.shown import ShownPlan
from partnerdesk.ui.screens.partner.progress.standing import shown_value
from partnerdesk.ui.screens.period_words import period_words
from partnerdesk.ui.theme import theme
from partnerdesk.ui.typed_day import day_reader
from partnerdesk.ui.widgets.editors import AutosaveLine
from partnerdesk.ui.widgets.form import Form
from partnerdesk.ui.widgets.number import Number
from partnerdesk.ui.widgets.section import Column, Pairs, SectionTitle
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.ops.plan.current import Current
    from partnerdesk.queries.joint.plan_changes import Changed
    from partnerdesk.queries.joint.plans import PlanView

PEOPLE = (
    ("partner_owner", "Partner owner"),
    ("partner_sponsor", "Partner sponsor"),
    ("vendor_owner", "Our owner"),
    ("vendor_sponsor", "Our sponsor"),
)
MOST_CHANGES, MOST_ROWS = 24, 6


class PlanSide(Column):
    """Fields save by themselves; figures answer why."""

    def __init__(self, tab: ShownPlan) -> None:
        super().__init__(margin=20)
        self._tab = tab
        self._view: PlanView | None = None
        self.fields: dict[str, AutosaveLine] = {}
        self.days: list[AutosaveLine] = []
        self.stands = Lines()
        self.add(SectionTitle("Where we stand today"))
        self.add(self.stands, 4)
        self.add(SectionTitle("Who and when"), 20)
        form = Form(label_width=104)
        for name, words in PEOPLE:
            self._field(form, name, words, lambda text, name=name: self._commit(name, text))  # type: ignore[misc]
        self._field(form, "kickoff", "Kick-off", lambda day: self._commit("kickoff", day), self._day)
        for n in range(4):
            field = AutosaveLine(f"Review Q{n + 1}", lambda day, n=n: self._review(n, day), self._day)  # type: ignore[misc]
            self.days.append(field)
            form.add(f"Review Q{n + 1}", field, width=156)
        self.add(form, 6)
        self.since = SectionTitle("What changed")
        self.changes = Lines()
        self.add(self.since, 20)
        self.add(self.changes, 4)

    def _field(
        self, form: Form, name: str, words: str, save: Callable[[Any], object], parse: Callable[[str], Any] = str.strip
    ) -> None:
        field = AutosaveLine(words, save, parse)
        self.fields[name] = field
        form.add(words, field, width=156)

    def _day(self, typed: str) -> date | None:
        return day_reader(self._tab.desk.today, self._tab.formats)(typed)

    def show_view(self, view: "PlanView") -> None:
        """People and days of a plan."""
        self._view, formats = view, self._tab.formats
        for name, field in self.fields.items():
            value = getattr(view.plan, name)
            field.show_text(formats.day(value) if isinstance(value, date) else value or "")
            field.setReadOnly(view.plan.is_locked)
        days = {row.quarter: row.day for row in view.reviews}
        for field, quarter in zip(self.days, quarters(view), strict=False):
            day = days.get(quarter)
            field.show_text(formats.day(day) if day else "")
            field.setReadOnly(view.plan.status == "closed")

    def reload(self, view: "PlanView") -> None:
        """Read where both sides stand, and what changed between versions."""
        from partnerdesk.ops.plan.current import current_state
        from partnerdesk.queries.joint.plan_changes import plan_changes

        self._tab.read(current_state, view.plan.id, self._tab.desk.today(), done=self._stand, slot="current")
        self._tab.read(plan_changes, view.plan.id, done=self._changed, slot="changes")

    def _stand(self, found: "Current") -> None:
        said, formats, pairs = found.standing, self._tab.formats, Pairs()
        if said.tier:
            pairs.add("Tier", said.tier)
        if said.score is not None:
            pairs.add("Score", self._number("Score", formats.number(said.score, 1), found.score))
        for quarter, figure in zip(said.revenue, found.revenue, strict=True):
            if quarter.value is not None:
                words = f"{period_words(quarter.label, formats)}, {found.currency}"
                pairs.add(words, self._number(words, formats.number(quarter.value, 0), figure))
        for product in said.installed[:MOST_ROWS]:
            worth = "" if product.value is None else f", {formats.compact(product.value)} {found.currency}"
            pairs.add(product.product, f"{plural(product.customers, 'customer')}{worth}")
        if said.certified:
            held = sum(kind.people for kind in said.certified)
            pairs.add("Certificates in force", f"{held}, {plural(len(said.certified), 'kind')}")
        for missing in said.missing:
            short = shown_value(missing.short, missing.unit, formats)
            pairs.add(f"{missing.tier} lacks {missing.says[:1].lower()}{missing.says[1:]}", short)
        for won in said.won[:3]:
            amount = f", {formats.compact(won.amount)}" if won.amount is not None else ""
            pairs.add(f"Won: {won.customer or won.what}", f"{formats.short_day(won.closed)}{amount}")
        self.stands.put(Label("Nothing in the book yet.", "small", "muted") if said.is_empty else pairs)

    def _number(self, label: str, text: str, figure: str) -> Number:
        number = Number(text, figure, label=label, role="small")
        number.asked.connect(self._tab.ask_why)
        return number

    def _changed(self, found: "tuple[Changed, ...]") -> None:
        self.since.setVisible(bool(found))
        lines: list[QWidget] = []
        version = 0
        for change in found[:MOST_CHANGES]:
            if change.version != version:
                version = change.version
                lines.append(Label(f"Version {version}", "small_strong"))
            lines.append(Label(change_words(change, self._tab.formats), "small", wrap=True))
        if len(found) > MOST_CHANGES:
            lines.append(Label(f"{len(found) - MOST_CHANGES} more stand in the plan's PDF.", "small", "muted"))
        self.changes.put(*lines)

    # Writing

    def _commit(self, name: str, value: object) -> None:
        from partnerdesk.ops.joint.plans import change_plan

        view = self._view
        if view is not None and value != getattr(view.plan, name):
            before = {name: getattr(view.plan, name)}
            self._tab.change("Edit plan", change_plan, view.plan.id, before, fields={name: value})

    def _review(self, n: int, day: object) -> None:
        from partnerdesk.ops.joint.plan_governance import set_review_day

        view = self._view
        if view is not None and n < len(quarters(view)):
            fields = {"day": day}
            self._tab.change("Edit review day", set_review_day, view.plan.id, quarters(view)[n], fields=fields)


def quarters(view: "PlanView") -> list[str]:
    """The labels of the quarters that a plan reviews."""
    return list(view.quarters[:4])


def change_words(change: "Changed", formats: Any) -> str:
    """A change between versions in one sentence."""
    from partnerdesk.queries.joint.plan_changes import text_of

    def said(value: object) -> str:
        return text_of(value, day=formats.day, number=lambda n: formats.number(n, 2).rstrip("0").rstrip(".,"))

    if not change.field:
        return f"{change.block}: “{change.what}” {'came in' if change.after else 'was taken out'}."
    about = change.what if change.block == "Plan" else f"{change.block}: “{change.what}”, {change.field}"
    return f"{about}: {said(change.before) or 'nothing'} → {said(change.after) or 'nothing'}."


class Lines(QWidget):
    """Widgets under each other, put anew as a whole."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().px(4))

    def put(self, *widgets: QWidget) -> None:
        """These and no others."""
        while (item := self._column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for widget in widgets:
            self._column.addWidget(widget)
        self.setVisible(bool(widgets))
