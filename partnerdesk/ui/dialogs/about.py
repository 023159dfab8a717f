"""What this program is, and the licences of what it is made of."""

from importlib import metadata

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from partnerdesk import __version__
from partnerdesk.paths import resource
from partnerdesk.ui.dialogs.base import BaseDialog
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.text import Label

PACKAGES = (
    "PySide6-Essentials",
    "shiboken6",
    "SQLAlchemy",
    "sqlcipher3",
    "alembic",
    "openpyxl",
    "XlsxWriter",
    "matplotlib",
    "reportlab",
    "pypdfium2",
    "Babel",
    "defusedxml",
    "platformdirs",
)
FILES = (("IBM Plex", "fonts/LICENSE_IBM_Plex.txt"), ("Lucide icons", "icons/LICENSE_Lucide.txt"))


class AboutDialog(BaseDialog):
    """Name, version, and one sentence of promise."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "PartnerDesk")
        self.body.addWidget(Label(f"Version {__version__}", "body", "muted"))
        promise = (
            "For partner account managers: tiers, earnings, joint plans and reviews on one local file. "
            "Every number says why it is what it is. Nothing leaves this computer."
        )
        self.body.addWidget(Label(promise, "body", wrap=True))
        self.offer_close()


class LicencesDialog(BaseDialog):
    """The licence of every part that ships with the program."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "Licences", width=720)
        text = QPlainTextEdit()
        text.setReadOnly(True)
        text.setAccessibleName("Licences")
        text.setFont(theme().font("mono"))
        text.setMinimumHeight(theme().px(420))
        text.setPlainText(licences())
        self.body.addWidget(text)
        self.offer_close()


def licences() -> str:
    """All licences as one text: the packages in short, fonts and icons in full."""
    lines = [f"{name} {version}: {licence}" for name, version, licence in _packages()]
    texts = [f"{name}\n\n{resource(file).read_text(encoding='utf-8')}" for name, file in FILES]
    return "\n\n\n".join(["\n".join(lines), *texts])


def _packages() -> list[tuple[str, str, str]]:
    found = []
    for name in PACKAGES:
        try:
            about = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue
        named = [about[key] for key in ("License-Expression", "License") if key in about]
        licence = named[0] if named else ""
        found.append((name, about["Version"], licence.splitlines()[0] if licence else "see its documentation"))
    return found
