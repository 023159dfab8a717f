"""One fact as a form: a field for each that its kind declares, with the words of the declaration as its hint."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from partnerdesk.engine import facts as declared
from partnerdesk.errors import Refused
from partnerdesk.ops.rows.typed import fields_of, is_needed
from partnerdesk.ops.rows.typed_text import free_words, read_field, read_free
from partnerdesk.ui.dialogs.asking import Asking
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.form import Choice
from partnerdesk.ui.widgets.scrolled import scrolling

if TYPE_CHECKING:
    from partnerdesk.engine.facts import Attribute, Fact
    from partnerdesk.queries.partners.typed import PartnerFacts
    from partnerdesk.reports.format import Formats

FREE = "Further"
FIELD = 300  # px, so that a scroll bar finds room beside it
FREE_HINT = "name: value; name: value"
LONGEST = 20  # characters of a declaration's words that are a field's name
KNOWN = (("Not known", None), ("Yes", True), ("No", False))
Then = Callable[[dict[str, Any], dict[str, str]], object]


class FactDialog(Asking):
    """Calls `then(values, free)` with the values of all fields and the free attributes."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        kind: str,
        found: "PartnerFacts",
        formats: "Formats",
        day: Callable[[str], date | None],
        then: Then,
        row: "Fact | None" = None,
    ) -> None:
        super().__init__(parent, title, says_of(kind), formats)
        self._kind, self._found, self._day, self._then = kind, found, day, then
        self.fields: dict[str, QLineEdit | Choice] = {}
        for field in fields_of(kind):
            self.fields[field.name] = self._field(field, getattr(row, field.name) if row is not None else None)
        self.free = self.ask(FREE, FREE_HINT, free_words(row.attributes) if row is not None else "")
        self._scroll(parent.window().height())
        self.verb = self.offer("Save" if row is not None else "Add")
        next(iter(self.fields.values())).setFocus()

    def _scroll(self, height: int) -> None:
        """Many fields, or large text, scroll; the buttons stay in sight of a window so high."""
        place, px = self.body.indexOf(self.form), theme().px
        area = scrolling(self.form)
        area.setFixedHeight(max(min(self.form.sizeHint().height() + px(4), height - px(260)), px(120)))
        self.body.insertWidget(place, area)

    def _field(self, field: "Attribute", value: Any) -> "QLineEdit | Choice":
        title = title_of(field)
        if field.kind == declared.FLAG:
            choice = Choice(title, KNOWN, lambda _value: None, value)
            self.form.add(title, choice, width=FIELD)
            return choice
        hint = field.says if field.says != title else ""
        if field.kind == declared.DAY:
            hint = hint or "such as 24 Nov 2026"
        if is_needed(self._kind, field):
            hint = f"{hint}, needed" if hint else "needed"
        line = self.ask(title, hint, self._words(field, value))
        line.setFixedWidth(theme().px(FIELD))
        offered = self._offered(field)
        if offered:
            completer = QCompleter(list(offered), line)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            line.setCompleter(completer)
        return line

    def _offered(self, field: "Attribute") -> tuple[str, ...]:
        if field.kind == declared.REF:
            return tuple(sorted(self._found.names.get(field.to, {}).values(), key=str.casefold))
        return self._found.words.get((self._kind, field.name), ())

    def _words(self, field: "Attribute", value: Any) -> str:
        """A value as it is typed."""
        if value is None:
            return ""
        if isinstance(value, date):
            return self._formats.day(value)
        if field.kind == declared.REF:
            return self._unique(field.to, str(value))
        return plain_number(value, self._formats) if isinstance(value, Decimal | int) else str(value)

    def _unique(self, kind: str, id: str) -> str:
        """The name of a row where it is the only one of that name, else its id."""
        name = self._found.named(kind, id)
        return name if list(self._found.names.get(kind, {}).values()).count(name) == 1 else id

    def accept(self) -> None:
        """Hand the values over where all can be read; else what is wrong is said at its field."""
        values: dict[str, Any] = {}
        for field in fields_of(self._kind):
            editor = self.fields[field.name]
            try:
                values[field.name] = editor.value() if isinstance(editor, Choice) else self._read(field, editor.text())
            except Refused as refused:
                self.refuse(editor, f"{refused.sentence} {refused.remedy}".strip())
                return
            if is_needed(self._kind, field) and values[field.name] in (None, ""):
                self.refuse(editor, f"“{title_of(field)}” is needed.")
                return
        try:
            free = read_free(self.free.text())
        except Refused as refused:
            self.refuse(self.free, f"{refused.sentence} {refused.remedy}".strip())
            return
        super().accept()
        self._then(values, free)

    def _read(self, field: "Attribute", typed: str) -> Any:
        names: Mapping[str, str] = self._found.names.get(field.to, {}) if field.to else {}
        return read_field(field, typed, names, number=self._formats.parse_number, day=self._day)


def title_of(field: "Attribute") -> str:
    """What a field is called: the words of its declaration where they are few, else its name."""
    if len(field.says) <= LONGEST and "," not in field.says:
        return field.says
    words = field.name.replace("_", " ")
    return f"{words[:1].upper()}{words[1:]}"


def plain_number(value: Decimal | int, formats: "Formats") -> str:
    """A number with the decimals that it has."""
    number = Decimal(value)
    places = max(0, -int(number.normalize().as_tuple().exponent))
    return formats.number(number, places)


def says_of(kind: str) -> str:
    """What a kind of fact is for, in a sentence."""
    return _SAYS[kind]


_SAYS = {
    "observation": "A value that somebody found out or assessed, with what shows it: strategic fit, a rank, an audit.",
    "tier_decision": "A tier set by hand, with its reason; it holds from its day until the next decision.",
    "enrolment": "What the partner is enrolled in from a day on, all of it: the next enrolment takes its place.",
    "target": "What is expected of the partner in a period.",
    "activity": "Something that was done: a training, a reference, joint marketing, an attestation.",
    "certification": "Who holds which certificate, and until when.",
    "deployment": "A delivery at a customer, with what was planned and what happened.",
    "check": "A standard or a milestone of a deployment, met or not.",
    "survey": "What a customer answered, with the scale it was asked on.",
    "case": "A support case: when it was opened and closed, escalated or in time.",
    "transaction": "An invoice, a payment, a credit note or usage, as the books have it.",
}
