"""The texts of mails: written per kind and language, saved by themselves, with a partner's mail beside them.

A click on a place, or Enter, puts it where the cursor is. Ours is in force until something is typed.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from partnerdesk.reports.mail.text import FORECAST, NUDGE, PLACES, REVIEW, STATEMENT
from partnerdesk.ui.screens.settings_pages.locales import language_named
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import link
from partnerdesk.ui.widgets.editors import AutosaveText
from partnerdesk.ui.widgets.entries import Entry, EntryList
from partnerdesk.ui.widgets.form import Choice
from partnerdesk.ui.widgets.section import SectionTitle
from partnerdesk.ui.widgets.segmented import Segmented
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.ops.mail.previewing import MailChoices, MailPreview
    from partnerdesk.ui.screens.base import Screen

KINDS = (("Statement", STATEMENT), ("Review", REVIEW), ("Forecast", FORECAST), ("Reminder", NUDGE))
LINES, HEIGHT, WIDTH = 15, 330, 1000  # of the editor, of both sides, of all of it
NOTE = "what drafts say to all partners, by kind and language; the first line is the subject"


class MailTexts(QWidget):
    """The section of the settings; `reload` reads what is in force."""

    def __init__(self, screen: "Screen") -> None:
        super().__init__()
        self._screen, self._partners = screen, dict[str, tuple[str, str]]()
        self._shown = ("", "")
        px = theme().px
        self.kind = Segmented("Kind of mail", KINDS, lambda _v: self._turn(), STATEMENT)
        self.language = Choice("Language of the mail", (), lambda _v: self._turn())
        self.partner = Choice("Shown for", (), lambda v: self._show_language_of(str(v)))
        self.editor = AutosaveText("Text of the mail", self._save, lines=LINES)
        self.places = EntryList("Places of the mail", margin=12, title_role="mono")
        self.places.opened.connect(self._put)
        self.preview = QPlainTextEdit()
        self.preview.setReadOnly(True)
        self.preview.setTabChangesFocus(True)
        self.preview.setAccessibleName("The mail as the partner would get it")
        self.says = Label("", "small", "muted", wrap=True)
        self.restore = link("Back to our text", self._restore)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(SectionTitle("Mail texts", NOTE, self.restore))
        column.addLayout(self._choices())
        column.addLayout(self._sides())
        column.addWidget(self.says)
        self.setMaximumWidth(px(WIDTH))

    def _choices(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme().px(12))
        for widget in (self.kind, self.language, Label("Shown for", "body", "muted"), self.partner):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        self.language.setMinimumWidth(theme().px(110))
        self.partner.setMinimumWidth(theme().px(200))
        return row

    def _sides(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme().px(12))
        for widget, share in ((self.editor, 4), (self.places, 2), (self.preview, 4)):
            widget.setFixedHeight(theme().px(HEIGHT))
            row.addWidget(widget, share)
        return row

    # What is shown

    def reload(self) -> None:
        """Read the choices and the text that is chosen."""
        from partnerdesk.ops.mail.previewing import mail_choices

        self._screen.read(mail_choices, done=self._offer, slot="mail-choices")

    def _offer(self, found: "MailChoices") -> None:
        language, partner = self.language.value(), self.partner.value()
        self._partners = {id: (name, speaks) for id, name, speaks in found.partners}
        self.language.clear()
        for code in found.languages:
            self.language.addItem(language_named(code), code)
        self.partner.clear()
        for id, name, _speaks in found.partners:
            self.partner.addItem(name, id)
        self.partner.show_value(partner if partner in self._partners else next(iter(self._partners), None))
        usual = "en" if "en" in found.languages else found.languages[0]
        self.language.show_value(language if language in found.languages else usual)
        self._ask()

    def _turn(self) -> None:
        self.editor.commit()
        self._ask()

    def _show_language_of(self, partner: str) -> None:
        """A partner's mail is shown in the language that it gets it in."""
        self.editor.commit()
        self.language.show_value(self._partners[partner][1])
        self._ask()

    def _ask(self) -> None:
        from partnerdesk.ops.mail.previewing import mail_preview

        kind, language, partner = str(self.kind.value()), str(self.language.value()), self.partner.value()
        self._shown = (kind, language)
        today = self._screen.desk.today()
        args = (kind, str(partner or ""), language, today)
        self._screen.read(mail_preview, *args, done=self._show, slot="mail-preview")

    def _show(self, found: "MailPreview") -> None:
        kind, language = self._shown
        self.places.set_entries(Entry(name, f"{{{name}}}", says) for name, says in PLACES[kind].items())
        self.editor.show_text(found.template.text.rstrip("\n"))
        self.restore.setVisible(found.template.is_own and found.template.language == language)
        self.preview.setPlainText(f"{found.text.subject}\n\n{found.text.body}" if found.text else "")
        self.says.set_token("bad" if found.problems else "muted")
        self.says.setText("  ".join(map(str, found.problems)) or self._standing(found, language))

    def _standing(self, found: "MailPreview", language: str) -> str:
        speaks = found.template.language
        whose = "This book's own text." if found.template.is_own else "The text that PartnerDesk brings."
        if speaks != language:
            whose = f"{language_named(language)} has no text yet; {language_named(speaks)} is used until you write one."
        people = ", ".join(f"{one.name} ({one.role})" if one.role else one.name for one in found.to if one.usual)
        if people:
            whose = f"{whose} Goes to {people} unless you choose others."
        signs = found.text is None or "{sender}" not in found.text.body
        return whose if signs else f"{whose} Nobody signs yet: name one under Documents."

    # What is done

    def _put(self, name: str) -> None:
        self.editor.insertPlainText(f"{{{name}}}")
        self.editor.setFocus()

    def _save(self, text: str) -> None:
        from partnerdesk.ops.mail.texts import write_template

        self._screen.run("Change the text of a mail", write_template, *self._shown, text)

    def _restore(self) -> None:
        from partnerdesk.ops.mail.texts import remove_template

        self._screen.run(
            "Back to our text of a mail", remove_template, *self._shown, toast="Our text is in force again"
        )
