"""Tables for the clipboard: tab-separated text and an HTML table, so that a sheet and a mail both take them."""

import atexit
from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
# Platforms whose clipboard ends with the process: whatever is on it at the end can be dropped.
_WITHIN_PROCESS = ("offscreen", "minimal", "vnc", "linuxfb", "eglfs")


def copy_table(rows: Sequence[Sequence[str]], titles: Sequence[str] | None, right: Sequence[bool] = ()) -> None:
    """Puts rows of cells on the clipboard, with their titles when given; `right` marks columns of numbers."""
    QGuiApplication.clipboard().setMimeData(table_data(rows, titles, right))
    atexit.unregister(_drop)
    atexit.register(_drop)


def _drop() -> None:
    """Empties a clipboard within the process: Qt would free our data after the interpreter is gone, and crash."""
    if QGuiApplication.instance() is not None and QGuiApplication.platformName() in _WITHIN_PROCESS:
        QGuiApplication.clipboard().clear()


def table_data(rows: Sequence[Sequence[str]], titles: Sequence[str] | None, right: Sequence[bool] = ()) -> QMimeData:
    """Rows of cells, with their titles when given; `right` marks columns of numbers."""
    mime = QMimeData()
    lines = ([list(titles)] if titles else []) + [list(row) for row in rows]
    mime.setText("\n".join("\t".join(_plain(c, _at(right, i)) for i, c in enumerate(line)) for line in lines))
    head = "<tr>" + "".join(f"<th>{escape(t)}</th>" for t in titles) + "</tr>" if titles else ""
    body = "".join("<tr>" + "".join(_cell(c, _at(right, i)) for i, c in enumerate(row)) + "</tr>" for row in rows)
    mime.setHtml(f'<meta charset="utf-8"><table>{head}{body}</table>')
    return mime


def _at(right: Sequence[bool], index: int) -> bool:
    return index < len(right) and right[index]


def _cell(text: str, is_number: bool) -> str:
    align = ' align="right"' if is_number else ""
    return f"<td{align}>{escape(_guarded(text, is_number))}</td>"


def _plain(text: str, is_number: bool) -> str:
    return _guarded(" ".join(text.split()), is_number)


def _guarded(text: str, is_number: bool) -> str:
    """A text that begins like a formula carries an apostrophe, as in our CSV files; numbers never do."""
    return f"'{text}" if not is_number and text.startswith(FORMULA_STARTS) else text
