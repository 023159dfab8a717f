"""Tables for the clipboard: tab-separated text and an HTML table, so that a sheet and a mail both take them."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QMimeData

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


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
