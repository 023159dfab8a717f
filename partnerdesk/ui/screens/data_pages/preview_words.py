"""The sentences of an import preview: counts, how the file was read, and why it cannot be applied yet."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from partnerdesk.ops.imports import Preview
    from partnerdesk.reports.format import Formats

_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


def counted(count: int, one: str, formats: "Formats", many: str = "") -> str:
    """`1 row`, `1,204 rows`: a number as the reader writes it, with its noun."""
    return f"{formats.number(count)} {one if count == 1 else many or one + 's'}"


def why_not(found: "Preview | None") -> str:
    """Why the file cannot be applied; empty where it can."""
    if found is None:
        return "No file is read"
    if found.questions:
        return f"Answer {len(found.questions)} question{'s' if len(found.questions) > 1 else ''} first"
    if not found.accepted:
        return "No row can be taken in"
    return "" if found.has_changes else "The book has all of it already"


def how_read(found: "Preview") -> str:
    """How the file was read: encoding, delimiter, header line."""
    parts = [found.encoding] if found.encoding else []
    if found.delimiter:
        parts.append(f"{_DELIMITERS.get(found.delimiter, found.delimiter)} between columns")
    if found.line > 1:
        parts.append(f"header in line {found.line}")
    if not found.line:
        parts.append("no header")
    return ", ".join(parts)
