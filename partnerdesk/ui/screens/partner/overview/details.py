"""Details: the partner's own record, a field a line that saves by itself, and its contacts beside it."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerdesk.ui.screens.partner.overview.contacts import ContactsPart
from partnerdesk.ui.screens.partner_words import TYPES, type_words
from partnerdesk.ui.theme import theme
from partnerdesk.ui.typed_day import day_reader
from partnerdesk.ui.widgets.editors import AutosaveLine
from partnerdesk.ui.widgets.form import Choice, Form
from partnerdesk.ui.widgets.section import Column, SectionTitle
from partnerdesk.ui.widgets.text import Label
from partnerdesk.ui.widgets.wrap import Wrap

if TYPE_CHECKING:
    from partnerdesk.ops.rows.record_fields import Known, RecordField
    from partnerdesk.queries.partners.record import PartnerRecord
    from partnerdesk.ui.screens.partner.tab import PartnerTab

PARTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "Name and address",
        "on documents from now on",
        ("name", "legal_name", "document_name", "tax_id", "address", "city", "country"),
    ),
    (
        "In the program",
        "rules may ask for these",
        ("status", "type", "segment", "region", "parent", "owner", "joined", "left"),
    ),
    ("Documents and payment", "", ("language", "currency", "iban", "account", "agreement", "agreement_signed")),
    ("Attested", "", ("compliance_attested", "data_sharing_attested")),
)
STATUSES = (("Active", "active"), ("Prospect", "prospect"), ("Suspended", "suspended"), ("Left the program", "left"))
OWN_FIELD = "Cost centre: 4711"
WIDTH = 272


class DetailsPage(Column):
    """Made once; `show_record` fills it and keeps what is being typed."""

    def __init__(self, tab: "PartnerTab") -> None:
        super().__init__(margin=24)
        self.tab = tab
        self.record: PartnerRecord | None = None
        self.fields: dict[str, AutosaveLine] = {}
        self.status = Choice("Status", STATUSES, lambda value: self._commit("status", value))
        self.contacts = ContactsPart(tab, self.ensureWidgetVisible)
        self.column.setContentsMargins(theme().px(24), theme().px(14), theme().px(24), theme().px(16))
        self.verticalScrollBar().valueChanged.connect(lambda _at: self._follow())
        self.add(Wrap((self._form(), self.contacts), least=410, shares=(5, 7), gap=32))

    def _form(self) -> QWidget:
        from partnerdesk.ops.rows.record_fields import BY_NAME

        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(4))
        for title, note, names in PARTS:
            column.addWidget(SectionTitle(title, note))
            form = Form(label_width=128)
            for name in names:
                field = self.status if name == "status" else self._field(BY_NAME[name])
                form.add(BY_NAME[name].title, field, width=WIDTH)
            column.addWidget(form)
            column.addSpacing(theme().px(10))
        column.addWidget(SectionTitle("Fields of your own", "rules and files name them"))
        self._own = QVBoxLayout()
        self._own_names: tuple[str, ...] = ()
        column.addLayout(self._own)
        column.addStretch(1)
        return box

    def _field(self, of: "RecordField") -> AutosaveLine:
        def parse(typed: str) -> Any:
            return of.read(self._meant(of.name, typed), self._known())

        field = AutosaveLine(of.title, lambda value: self._commit(of.name, value), parse, hint=of.hint)
        field.setMinimumHeight(theme().measure("inner_control"))
        self.fields[of.name] = field
        return field

    def _follow(self) -> None:
        """What is wrong with a field moves with it, and is not seen where the field is not."""
        for field in self.fields.values():
            if words := field.problem.words():
                field.problem.say("" if field.visibleRegion().isEmpty() else words)

    def _meant(self, name: str, typed: str) -> str:
        """A type by its words is the one that they say."""
        if name != "type":
            return typed
        return next((value for words, value in TYPES if words.casefold() == typed.strip().casefold()), typed)

    def _known(self) -> "Known":
        from partnerdesk.ops.rows.record_fields import Known

        day = day_reader(self.tab.desk.today, self.tab.formats)
        if self.record is None:
            return Known(day=day)
        others = {id: name for id, name in self.record.partners.items() if id != self.record.partner.id}
        return Known(others, self.record.people, day)

    def show_record(self, record: "PartnerRecord") -> None:
        """Show what the book holds; what is being typed stays."""
        from partnerdesk.ops.rows.record_fields import named, value_of

        if self.record is None or self.record.partner.id != record.partner.id:
            for field in self.fields.values():
                field.setModified(False)  # what was typed of another partner is not this one's
        self.record = record
        self._show_own(record)
        self.status.show_value(record.partner.status)
        for name, field in self.fields.items():
            value = value_of(record.partner, named(name))
            field.show_text(self._words(name, value))
            offered = self._offered(name, record)
            if offered:
                field.offer(offered)
        self.contacts.show_record(record)

    def _words(self, name: str, value: Any) -> str:
        """A value as it stands in its field."""
        assert self.record is not None
        if isinstance(value, date):
            return self.tab.formats.day(value)
        if name == "parent":
            return self.record.partners.get(value, value or "")
        if name == "owner":
            return self.record.people.get(value, value or "")
        if name == "iban":
            return " ".join(value[i : i + 4] for i in range(0, len(value), 4))
        return type_words(value) if name == "type" else value or ""

    def _offered(self, name: str, record: "PartnerRecord") -> Sequence[str]:
        if name == "parent":
            return sorted(self._known().partners.values(), key=str.casefold)
        if name == "owner":
            return sorted(record.people.values(), key=str.casefold)
        if name == "type":
            return list(dict.fromkeys([*(words for words, _ in TYPES), *map(type_words, record.offers["type"])]))
        return record.offers.get(name, ())

    # Fields of the user's own

    def _show_own(self, record: "PartnerRecord") -> None:
        from partnerdesk.ops.rows.record_fields import FIELDS, OWN, named

        declared = {f.attribute.lower() for f in FIELDS if f.attribute}
        names = tuple(sorted(k for k in record.partner.attributes if k.lower() not in declared))
        if names == self._own_names and self._own.count():
            return
        self._own_names = names
        self.fields = {name: field for name, field in self.fields.items() if not name.startswith(OWN)}
        while (item := self._own.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        form = Form(label_width=128)
        for name in names:
            form.add(name, self._field(named(OWN + name)), width=WIDTH)
        more = AutosaveLine("New field", self._add_own, _pair, hint=f"name: value, such as {OWN_FIELD}")
        form.add("New field", more, width=WIDTH)
        self._own.addWidget(form)
        self._own.addWidget(Label("An empty field goes away.", "small", "muted"))

    def _add_own(self, pair: tuple[str, str]) -> None:
        from partnerdesk.ops.rows.record_fields import OWN

        name, value = pair
        if value:
            self._commit(OWN + name, value)

    # Writing

    def _commit(self, name: str, value: Any) -> None:
        from partnerdesk.ops.rows.record import edit_record
        from partnerdesk.ops.rows.record_fields import named, value_of

        if self.record is None:
            return
        partner, of = self.record.partner, named(name)
        before = value_of(partner, of)
        if value == before:
            self.show_record(self.record)  # the same in other words
            return
        today, user = self.tab.desk.today(), self.tab.desk.user
        label = f"Edit {of.title[:1].lower()}{of.title[1:]} of {partner.name}"
        self.tab.host.run(
            label,
            edit_record,
            partner.id,
            {name: value},
            {name: before},
            failed=self._refused,
            on=today,
            by=user,
        )

    def _refused(self, error: Exception) -> None:
        """What the book forbids stands in the message bar, and the fields show what it holds."""
        self.tab.host.show_error(error)
        self.tab.reload()


def _pair(typed: str) -> tuple[str, str]:
    """A name and its value, divided by a colon; nothing where nothing is typed."""
    from partnerdesk.ops.rows.record_fields import line

    if not typed.strip():
        return "", ""
    name, colon, value = typed.partition(":")
    if not colon or not name.strip() or not value.strip():
        raise ValueError(f"Write a name, a colon and a value, such as {OWN_FIELD}")
    return line(name, 60), line(value)
