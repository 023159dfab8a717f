"""Which font draws which character: IBM Plex Sans, then DejaVu Sans, then a font of this computer; measured here.

Every text of a page is cut into runs of one font each; a character that no font draws is an error before anything is
written, never an empty box. Chinese, Japanese and Korean come from whatever font the system has, because such a font
is larger than the program. Scripts that need joining, reordering or writing from right to left are refused: setting
them letter by letter would print words that nobody can read.
"""

import os
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from partnerdesk.paths import resource
from partnerdesk.reports.look import Face, Role
from partnerdesk.reports.sfnt import FontFile, fonts_in, read_font

FILES: dict[Face, str] = {
    "regular": "IBMPlexSans_400Regular.ttf",
    "medium": "IBMPlexSans_500Medium.ttf",
    "semibold": "IBMPlexSans_600SemiBold.ttf",
    "italic": "IBMPlexSans_400Regular_Italic.ttf",
    "mono": "IBMPlexMono_400Regular.ttf",
}
_HEAVY = {"medium", "semibold"}
_MOST_FILES = 5000
# Names of files that are likely to cover other scripts well, best first; the rest follow by name.
_PREFERRED = (
    "notosanscjk notosanssc notosanstc notosansjp notosanskr notosans- sourcehansans wqy-microhei wqy-zenhei "
    "droidsansfallback arialuni msyh meiryo yugothr malgun mingliu simsun gulim nanumgothic notosans"
).split()
_UNLIKELY = ("italic", "oblique", "mono", "serif", "light", "thin", "bold", "condensed", "math", "emoji")
# Indic and south-east Asian scripts whose letters change shape or place with their neighbours.
_RESHAPED = ((0x0900, 0x0DFF), (0x0F00, 0x109F), (0x1780, 0x17FF), (0x1A20, 0x1AAF), (0xA980, 0xA9DF))


class Undrawable(ValueError):
    """No way to draw `character` of `text`; `why` says so in words."""

    def __init__(self, character: str, text: str, why: str) -> None:
        super().__init__(f"{describe(character)}: {why}")
        self.character, self.text, self.why = character, text, why


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one font; `heavier` when that font is lighter than what was asked for."""

    text: str
    font: FontFile
    heavier: bool = False


def describe(character: str) -> str:
    """The character with its number, for a sentence."""
    shown = f"“{character}” " if character.isprintable() else ""
    return f"{shown}(U+{ord(character):04X})"


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """A text as one line of visible characters: composed, breaks and tabs as spaces, invisible controls left out."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_visible(c) for c in unicodedata.normalize("NFC", text))


def _visible(character: str) -> str:
    if character.isspace() and character not in "\u00a0\u202f\u2009":
        return " "
    kind = unicodedata.category(character)
    if kind in ("Cc", "Cf") or 0xFE00 <= ord(character) <= 0xFE0F:
        return ""
    return character


@lru_cache(maxsize=8)
def face(name: Face) -> FontFile:
    """One of the fonts that ship with the program."""
    return read_font(resource("fonts") / FILES[name])


@lru_cache(maxsize=20_000)
def runs(text: str, name: Face) -> tuple[Run, ...]:
    """The text, made `plain`, in stretches of one font each. Raises Undrawable."""
    ours = face(name)
    text = plain(text)
    if ours.covers(text):
        return (Run(text, ours),) if text else ()
    pieces: list[Run] = []
    for character in text:
        font = _font_for(character, text, ours)
        heavier = font is not ours and name in _HEAVY
        if pieces and pieces[-1].font is font:
            pieces[-1] = Run(pieces[-1].text + character, font, heavier)
        else:
            pieces.append(Run(character, font, heavier))
    return tuple(pieces)


def _font_for(character: str, text: str, ours: FontFile) -> FontFile:
    if ord(character) in ours.glyphs:
        return ours
    if unicodedata.bidirectional(character) in ("R", "AL", "AN"):
        raise Undrawable(character, text, "text from right to left cannot be set on pages")
    if any(first <= ord(character) <= last for first, last in _RESHAPED):
        raise Undrawable(character, text, "this script cannot be set on pages")
    found = fallback(character)
    if found is None:
        raise Undrawable(character, text, "no font on this computer that may be embedded has it")
    return found


def remedy(error: Undrawable, owner: str, *, kept: str = "") -> str:
    """What helps when a text cannot be set: a font where one exists, else another name, and what must follow it.

    The partner (`owner`) has a name for documents; whatever else is printed has the name that its source gives it.
    """
    ways = []
    if _is_east_asian(error.character):
        ways.append(f"Install a font for Chinese, Japanese and Korean ({_font_line()}) and start the program again")
    if plain(owner) in error.text:
        names = "a “name on documents” in letters that can be printed (and such a legal name, if it has one)"
        by = "under Overview > Details, or by a file of partners with a column “name on documents”"
        ways.append(f"Give the partner {names}, {by}{kept}")
    elif not ways:
        ways.append("Write it in letters that can be printed where it comes from, and import that file again")
    return "; or: ".join(ways) + "."


def _is_east_asian(character: str) -> bool:
    name = unicodedata.name(character, "")
    return name.startswith(("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC"))


def _font_line() -> str:
    """How a font with TrueType outlines gets onto this system; others cannot be embedded."""
    if sys.platform == "win32":
        return "Settings, Apps, Optional features, Supplemental Fonts of that language"
    if sys.platform == "darwin":
        return "open Font Book and restore “Arial Unicode MS”"
    return "apt-get install fonts-wqy-zenhei"


@lru_cache(maxsize=20_000)
def width(text: str, role: Role) -> float:
    """The width of a text in points, letter spacing included. Raises Undrawable."""
    found = runs(text, role.face)
    letters = sum(len(run.text) for run in found)
    return sum(run.font.width(run.text, role.size) for run in found) + letters * role.tracking


@lru_cache(maxsize=4096)
def fallback(character: str) -> FontFile | None:
    """The first font besides ours that draws a character, or None."""
    code = ord(character)
    return next((font for font in _others() if code in font.glyphs), None)


def _others() -> Iterator[FontFile]:
    for path in (*_bundled(), *_installed()):
        for index in range(_count(path)):
            font = _opened(path, index)
            if font is not None:
                yield font


@lru_cache(maxsize=4096)
def _count(path: Path) -> int:
    try:
        return fonts_in(path)
    except OSError:
        return 0


@lru_cache(maxsize=256)
def _opened(path: Path, index: int) -> FontFile | None:
    """The font, or None for one that cannot be embedded; fonts of others are not ours to complain about."""
    try:
        return read_font(path, index)
    except (ValueError, OSError):
        return None


@lru_cache(maxsize=1)
def _bundled() -> tuple[Path, ...]:
    """DejaVu Sans, which comes with matplotlib and is therefore the same on every computer."""
    spec = find_spec("matplotlib")
    homes = list(spec.submodule_search_locations or ()) if spec else []
    found = (Path(home) / "mpl-data" / "fonts" / "ttf" / "DejaVuSans.ttf" for home in homes)
    return tuple(path for path in found if path.is_file())


@lru_cache(maxsize=1)
def _installed() -> tuple[Path, ...]:
    """TrueType files of this computer, the likeliest first."""
    found: list[Path] = []
    for folder in system_folders():
        for place, _, names in os.walk(folder):
            found.extend(Path(place) / n for n in names if n.lower().endswith((".ttf", ".ttc")))
            if len(found) >= _MOST_FILES:
                break
    return tuple(sorted(found[:_MOST_FILES], key=_rank))


def _rank(path: Path) -> tuple[int, int, str]:
    name = path.name.lower()
    best = next((n for n, start in enumerate(_PREFERRED) if name.startswith(start)), len(_PREFERRED))
    return (sum(word in name for word in _UNLIKELY), best, str(path))


def system_folders() -> tuple[Path, ...]:
    """Where this system keeps its fonts, its own before the user's."""
    home = Path.home()
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", str(home / "AppData" / "Local"))
        windows = os.environ.get("WINDIR", r"C:\Windows")
        places = [Path(windows) / "Fonts", Path(local) / "Microsoft" / "Windows" / "Fonts"]
    elif sys.platform == "darwin":
        places = [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library" / "Fonts"]
    else:
        places = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts")]
        places += [home / ".local" / "share" / "fonts", home / ".fonts"]
    return tuple(p for p in places if p.is_dir())
