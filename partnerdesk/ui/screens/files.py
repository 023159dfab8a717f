"""Showing a folder of files in the system's own file manager."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_folder(folder: Path) -> None:
    """Open a folder of ours; a path is never built from data here."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
