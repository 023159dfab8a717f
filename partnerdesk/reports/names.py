"""File names made of what people typed: one function, so that no name can leave its folder or harm a system.

A name is valid on Linux, macOS and Windows alike, at most 120 bytes long, and tells two things apart even on a
system that ignores case: where cleaning changed a text, or another thing already has the name, a mark made from
the text and its key is added. Writing the file is `reports.atomic`.
"""

import hashlib
import unicodedata
from collections.abc import Collection

LIMIT = 120  # bytes in UTF-8, so that the name and a sync client's additions fit everywhere
_FORBIDDEN = frozenset('<>:"/\\|?*')
# Windows keeps these for devices, with any extension and with superscript digits.
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$", "clock$"]
    + [f"{device}{digit}" for device in ("com", "lpt") for digit in "0123456789¹²³"]
)
# Controls, formats (marks of direction, zero width), surrogates, private and unassigned letters, line separators.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def safe_name(text: str, *, before: str = "", after: str = "", key: str = "", taken: Collection[str] = ()) -> str:
    """A file name `before` + text + `after`, such as `ST-2026-09_` NORTHWIND `_v1.xlsx`.

    `key` is the identifier of what the text names; `taken` holds the names (of files) that others have. The result
    is none of them, whatever the case of its letters.
    """
    before, after, clean = _cleaned(before), _cleaned(after), _cleaned(text).strip(" .")
    folded = {_folded(name) for name in taken}
    name = f"{before}{clean}{after}"
    if clean and clean == unicodedata.normalize("NFC", text) and _is_safe(name) and _folded(name) not in folded:
        return name
    digest = hashlib.sha256(f"{key}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()
    for length in range(8, len(digest) + 1):
        name = _marked(before, clean, after, digest[:length])
        if _is_safe(name) and _folded(name) not in folded:
            return name
    raise ValueError("no safe name is left between the fixed parts")


def _cleaned(text: str) -> str:
    """The text without separators, controls, marks of direction and what else a file name cannot hold."""
    letters = unicodedata.normalize("NFC", text)
    return unicodedata.normalize("NFC", "".join(_allowed(letter) for letter in letters))


def _allowed(letter: str) -> str:
    if letter in _FORBIDDEN or unicodedata.category(letter) in _UNSEEN:
        return "-"
    return " " if letter.isspace() else letter


def _is_safe(name: str) -> bool:
    device = name.partition(".")[0].rstrip(" ").casefold() in _DEVICES
    return not (device or name[0] in "-.~ " or name[-1] in ". " or len(name.encode()) > LIMIT)


def _marked(before: str, clean: str, after: str, mark: str) -> str:
    """The name with its mark, the text cut to the room that is left; it never begins like an option or a device."""
    room = LIMIT - len(f"_{before}-{mark}{after}".encode())
    body = _cut(clean, room).strip(" .")
    name = f"{before}{body}-{mark}{after}" if body else f"{before}{mark}{after}"
    return name if _is_safe(name) else f"_{name.rstrip('. ')}"


def _cut(text: str, room: int) -> str:
    """As much of the text as fits, never half a letter, nor a letter without its accents."""
    size = end = 0
    for index, letter in enumerate(text):
        if not unicodedata.combining(letter):
            end = index
        size += len(letter.encode())
        if size > room:
            return text[:end]
    return text


def _folded(name: str) -> str:
    """The name as systems see it that ignore case and the way accents are composed."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).upper().casefold())
