"""Settings: how the window looks and writes, what the book counts in, what its documents carry. All at once in force.

The first two sections are the user's and are kept beside the window's state; the last two are the book's, are kept
in it, and can be undone like any other change.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk import paths
from partnerdesk.forecast.efforts import KINDS as EFFORTS
from partnerdesk.queries.statements.approvals import NOT_A_LOCK
from partnerdesk.ui import theme as look
from partnerdesk.ui.logo import LogoField
from partnerdesk.ui.screens.base import Screen
from partnerdesk.ui.screens.settings_pages.locales import LOCALES
from partnerdesk.ui.screens.settings_pages.mail_texts import MailTexts
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import Button, link
from partnerdesk.ui.widgets.editors import AutosaveLine
from partnerdesk.ui.widgets.form import Choice, Form
from partnerdesk.ui.widgets.section import Column, Hairline, SectionTitle
from partnerdesk.ui.widgets.segmented import Segmented
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from partnerdesk.queries.settings import BookSettings

MONTHS = "January February March April May June July August September October November December".split()
LABELS_WIDE = 200  # px, for the longest of them, so that all fields stand under each other
ZOOMS = (("Small", 0.9), ("Normal", 1.0), ("Large", 1.15), ("Larger", 1.3))


class SettingsScreen(Screen):
    ID: ClassVar[str] = "settings"
    TITLE: ClassVar[str] = "Settings"
    READS = frozenset({"setting"})

    def build(self) -> None:
        self.page = Column(margin=24)
        self.body.addWidget(Hairline())
        self.body.addWidget(self.page)
        self._appearance()
        self._region()
        self._book()
        self._efforts()
        self._documents()
        self.mails = MailTexts(self)
        self.page.add(self.mails, 20)
        self._privacy()
        theme().changed.connect(self._show_look)

    # The user's

    def _appearance(self) -> None:
        form = Form(LABELS_WIDE)
        choices = [("Like the system", look.SYSTEM), ("Light", look.LIGHT), ("Dark", look.DARK)]
        self.theme = Segmented("Theme", choices, lambda v: self.shell.set_look(choice=str(v)), theme().choice)
        form.add("Theme", self.theme)
        densities = [(d.capitalize(), d) for d in look.DENSITIES]
        self.density = Segmented("Density", densities, lambda v: self.shell.set_look(density=str(v)), theme().density)
        form.add("Density", self.density)
        self.zoom = Choice("Text size", (), lambda v: self.shell.set_look(zoom=float(str(v))))
        self._show_zoom()
        form.add("Text size", self.zoom, "Also Ctrl++ and Ctrl+−")
        usual = link("Usual look", lambda: self.shell.set_look(look.SYSTEM, look.REGULAR, 1.0))
        self._section("Appearance", "of this window", form, usual)

    def _region(self) -> None:
        form = Form(LABELS_WIDE)
        self.numbers = Choice("Numbers and dates", LOCALES, self._set_locale, self._locale())
        form.add("Numbers and dates", self.numbers)
        self.sample = Label("", "body", "muted")
        form.add("Looks like", self.sample)
        self._section("Region", "on the screen; documents use the partner's own", form)
        self._show_sample()

    def _locale(self) -> str:
        return str(self.desk.formats.symbols.locale)

    def _set_locale(self, value: object) -> None:
        self.shell.set_locale(str(value))
        self._show_sample()

    def _show_sample(self) -> None:
        from decimal import Decimal

        formats = self.desk.formats
        amount = formats.accounting(Decimal("-1234567.89"))
        self.sample.setText(f"{amount}   {formats.percent(Decimal('0.125'))}   {formats.day(self.desk.today())}")

    def _show_look(self) -> None:
        self.theme.set_value(theme().choice)
        self.density.set_value(theme().density)
        self._show_zoom()

    def _show_zoom(self) -> None:
        """The sizes that have a name, and the present one where Ctrl++ set another."""
        from decimal import Decimal

        now, names = round(theme().zoom, 2), {size: name for name, size in ZOOMS}
        self.zoom.clear()
        for size in sorted({*names, now}):
            self.zoom.addItem(names.get(size) or self.desk.formats.percent(Decimal(str(size)), 0), size)
        self.zoom.show_value(now)

    # The book's

    def _book(self) -> None:
        from partnerdesk.queries.settings import AS_PROGRAM

        form = Form(LABELS_WIDE)
        self.currency = AutosaveLine("Currency", lambda v: self._set("currency", v), _code)
        form.add("Currency", self.currency, "Totals over all partners", width=90)
        months = [(name, at) for at, name in enumerate(MONTHS, start=1)] + [("As in the program", AS_PROGRAM)]
        self.year_start = Choice("Fiscal year starts in", months, lambda v: self._set("year_start", v))
        form.add("Fiscal year starts in", self.year_start, "What FY2027Q1 means in your files", width=160)
        people = [("One person may prepare and check", False), ("Another person must check", True)]
        self.two_people = Choice("Closes and payouts", people, lambda v: self._set("two_people", v))
        form.add("Closes and payouts", self.two_people, NOT_A_LOCK)
        self.book_part = self._section("This book", "changes here can be undone", form)

    def _efforts(self) -> None:
        """What each kind of action takes on the way to a tier: the cheapest path has the least of it in all."""
        form = Form(LABELS_WIDE)
        self.efforts = {kind: self._effort(form, kind, says) for kind, says in EFFORTS.items()}
        note = "how much work each kind of action is against the others; the path to a tier takes the least"
        self.efforts_part = self._section("Efforts", note, form)

    def _effort(self, form: Form, kind: str, says: str) -> AutosaveLine:
        line = AutosaveLine(says, lambda text: self._set_effort(kind, text), self._weight)
        form.add(says, line, width=90)
        return line

    def _weight(self, text: str) -> str:
        """A number as this window writes them; ValueError where it is none."""
        return str(self.desk.formats.parse_number(text))

    def _set_effort(self, kind: str, text: str) -> None:
        from decimal import Decimal

        from partnerdesk.ops.settings import set_effort

        self.run("Change an effort", set_effort, kind, Decimal(text), failed=self._refused)

    def _documents(self) -> None:
        form = Form(LABELS_WIDE)
        self.vendor = AutosaveLine("Our name", lambda v: self._set("vendor", v), hint="As it stands on documents")
        form.add("Our name", self.vendor)
        self.signer = AutosaveLine("Signed by", lambda v: self._set("sender", v), hint="Name, title, mail")
        form.add("Signed by", self.signer)
        self.accent = AutosaveLine("Colour", lambda v: self._set("accent", v), hint="#0B5FA5")
        form.add("Colour", self.accent, "Of titles and lines; must be readable on white", width=110)
        self.logo = LogoField(lambda v: self._set("logo", v), self.show_error)
        form.add("Logo", self.logo, "PNG or JPEG, in the head of every page")
        self.documents_part = self._section("Documents", "packs, statements and plans of this book", form)

    def _privacy(self) -> None:
        form = Form(LABELS_WIDE)
        form.add("This book", self._path_label(self.desk.path))
        form.add("Backups", self._path_label(paths.home() / "backups"))
        keys = link("Show all keys", lambda: self.shell.commands.trigger("help.keys"))
        form.add("Keyboard", keys)
        form.add("Network", Label("PartnerDesk makes no connection; nothing leaves this computer.", "body"), width=560)
        self._section("Privacy and keys", "", form)

    def _path_label(self, path: Path | None) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        words = Label(str(path) if path else "none is open", "body", selectable=True)
        row.addWidget(words, 1, Qt.AlignmentFlag.AlignVCenter)
        holder.setFixedWidth(theme().px(560))
        return holder

    def _section(self, title: str, note: str, form: Form, action: Button | None = None) -> QWidget:
        holder = QWidget()
        part = QVBoxLayout(holder)
        part.setContentsMargins(0, 0, 0, 0)
        part.setSpacing(theme().px(8))
        part.addWidget(SectionTitle(title, note, action))
        part.addWidget(form)
        self.page.add(holder, 0 if title == "Appearance" else 20)
        return holder

    # Reading and writing

    def reload(self) -> None:
        self.book_part.setEnabled(self.desk.is_open)
        self.efforts_part.setEnabled(self.desk.is_open)
        self.documents_part.setEnabled(self.desk.is_open)
        self.mails.setEnabled(self.desk.is_open)
        if self.desk.is_open:
            from partnerdesk.queries.settings import book_settings, effort_weights

            self.read(book_settings, done=self._show, slot="settings")
            self.read(effort_weights, done=self._show_efforts, slot="efforts")
            self.mails.reload()

    def _show(self, chosen: "BookSettings") -> None:
        self.currency.show_text(chosen.currency)
        self.year_start.show_value(chosen.year_start)
        self.two_people.show_value(chosen.two_people)
        self.vendor.show_text(chosen.vendor)
        self.signer.show_text(chosen.sender)
        self.accent.show_text(chosen.accent)
        self.logo.show_logo(chosen.logo)

    def _show_efforts(self, weights: "Mapping[str, Decimal]") -> None:
        for kind, weight in weights.items():
            whole = weight == weight.to_integral_value()
            self.efforts[kind].show_text(self.desk.formats.number(weight, 0 if whole else 2))

    def _set(self, name: str, value: Any) -> None:
        from partnerdesk.ops.settings import set_book_setting

        self.run(f"Change {LABELS[name]}", set_book_setting, name, value, failed=self._refused)

    def _refused(self, error: Exception) -> None:
        self.show_error(error)
        self.reload()

    def first_focus(self) -> QWidget:
        return self.numbers


LABELS = {
    "currency": "currency",
    "year_start": "fiscal year",
    "two_people": "who checks closes",
    "vendor": "our name",
    "sender": "sender",
    "accent": "colour of documents",
    "logo": "logo",
}


def _code(text: str) -> str:
    """Three letters; the book knows which of them are currencies."""
    code = text.strip().upper()
    if len(code) != 3 or not code.isalpha():
        raise ValueError("A currency code has three letters, for example EUR")
    return code
