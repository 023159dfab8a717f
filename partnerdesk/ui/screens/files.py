"""Showing a folder of files, or a document that was just written, with the system's own program for it."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_folder(folder: Path) -> None:
    """Open a folder of ours; a path is never built from data here."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def open_document(path: Path) -> None:
    """Open a PDF, or the draft of a mail, that was written by us under a safe name."""
    if path.suffix in (".pdf", ".eml"):
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def open_page(address: str) -> bool:
    """Open a page of the web that a person wrote down, after they were asked; says whether it is one.

    A path is never opened from data: a program could lie there. It is copied instead.
    """
    url = QUrl(address, QUrl.ParsingMode.StrictMode)
    if not url.isValid() or url.scheme() not in ("http", "https") or not url.host():
        return False
    return QDesktopServices.openUrl(url)
