"""What a page needs to know of a TrueType file before it is used: which characters it draws and how wide they are.

A small reader of the tables `cmap`, `hmtx`, `head`, `hhea`, `maxp`, `OS/2` and `name`, so that text can be measured
and fallback fonts searched without loading a PDF library. It draws nothing and embeds nothing; a file that is not
what it says raises ValueError.
"""

import struct
import sys
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

_COLLECTION, _TRUETYPE, _APPLE = b"ttcf", b"\x00\x01\x00\x00", b"true"
_NO_EMBEDDING = 0x0002  # OS/2 fsType: restricted licence embedding
_LARGEST = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class FontFile:
    """One font of a file: `glyphs` maps code points to glyph numbers, `advances` are widths in `units` per em, `known`
    those of the characters that were asked for."""

    path: Path
    index: int
    family: str
    units: int
    glyphs: Mapping[int, int]
    advances: Sequence[int]
    known: dict[str, int] = field(default_factory=dict, compare=False, repr=False)

    def covers(self, text: str) -> bool:
        return all(ord(c) in self.glyphs for c in text)

    def width(self, text: str, size: float) -> float:
        """The width of a text in points at that size; characters that are missing count as nothing."""
        known = self.known
        for character in set(text) - known.keys():
            glyph = self.glyphs.get(ord(character))
            known[character] = 0 if glyph is None else self.advances[min(glyph, len(self.advances) - 1)]
        return sum([known[character] for character in text]) * size / self.units


def read_font(path: Path, index: int = 0) -> FontFile:
    """The font in a .ttf, or number `index` of a .ttc.

    Raises ValueError for what cannot be put into a page: no TrueType outlines, a licence bit that forbids embedding,
    or a file that is damaged. OSError when it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return _read(file, path, index)
    except (struct.error, IndexError, OverflowError) as error:
        raise ValueError(f"{path.name} is not a readable TrueType font") from error


def fonts_in(path: Path) -> int:
    """How many fonts a file holds; 0 for a file that is no TrueType file."""
    with path.open("rb") as file:
        head = file.read(12)
    if head[:4] == _COLLECTION and len(head) == 12:
        return min(64, int.from_bytes(head[8:12], "big"))
    return 1 if head[:4] in (_TRUETYPE, _APPLE) else 0


def _read(file: BinaryIO, path: Path, index: int) -> FontFile:
    tables = _tables(file, index)
    if "glyf" not in tables or "cmap" not in tables:
        raise ValueError(f"{path.name} has no TrueType outlines")
    if _forbids_embedding(tables.get("OS/2", b"")):
        raise ValueError(f"{path.name} may not be embedded")
    units = struct.unpack_from(">H", tables["head"], 18)[0]
    count = struct.unpack_from(">H", tables["hhea"], 34)[0]
    pairs = array("H", tables["hmtx"][: count * 4])
    if sys.byteorder == "little":
        pairs.byteswap()
    if not units or not count or len(pairs) < 2:
        raise ValueError(f"{path.name} has no widths")
    return FontFile(path, index, _family(tables.get("name", b"")), units, _characters(tables["cmap"]), pairs[::2])


def _tables(file: BinaryIO, index: int) -> dict[str, bytes]:
    file.seek(0)
    kind = file.read(4)
    start = 0
    if kind == _COLLECTION:
        file.seek(12 + 4 * index)
        start = struct.unpack(">I", file.read(4))[0]
        file.seek(start)
        kind = file.read(4)
    if kind not in (_TRUETYPE, _APPLE):
        raise ValueError("no TrueType outlines")
    count = struct.unpack(">H", file.read(2))[0]
    file.seek(start + 12)
    directory = [struct.unpack(">4sIII", file.read(16)) for _ in range(count)]
    return {tag.decode("latin-1"): _table(file, tag, offset, length) for tag, _, offset, length in directory}


_WANTED = frozenset((b"cmap", b"hmtx", b"head", b"hhea", b"OS/2", b"name"))


def _table(file: BinaryIO, tag: bytes, offset: int, length: int) -> bytes:
    if tag not in _WANTED:
        return b""
    if length > _LARGEST:
        raise ValueError("a table of the font is too large")
    file.seek(offset)
    return file.read(length)


def _forbids_embedding(os2: bytes) -> bool:
    return len(os2) >= 10 and struct.unpack_from(">H", os2, 8)[0] & 0x000F == _NO_EMBEDDING


def _family(name: bytes) -> str:
    """The family name in English, for telling fonts apart."""
    if len(name) < 6:
        return ""
    count, strings = struct.unpack_from(">HH", name, 2)
    for n in range(count):
        platform, _, language, what, length, offset = struct.unpack_from(">6H", name, 6 + 12 * n)
        if platform == 3 and what == 1 and language == 0x0409:
            return name[strings + offset : strings + offset + length].decode("utf-16-be", "replace")
    return ""


def _characters(cmap: bytes) -> Mapping[int, int]:
    """Code points and their glyphs, from the largest Unicode subtable."""
    count = struct.unpack_from(">H", cmap, 2)[0]
    best: dict[int, int] = {}
    for n in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", cmap, 4 + 8 * n)
        if (platform, encoding) not in ((0, 3), (0, 4), (3, 1), (3, 10)):
            continue
        kind = struct.unpack_from(">H", cmap, offset)[0]
        found = _segments(cmap, offset) if kind == 4 else _groups(cmap, offset) if kind == 12 else {}
        if len(found) > len(best):
            best = found
    return best


def _segments(cmap: bytes, offset: int) -> dict[int, int]:
    """Subtable format 4."""
    count = struct.unpack_from(">H", cmap, offset + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", cmap, offset + 14)
    at = offset + 16 + 2 * count
    starts = struct.unpack_from(f">{count}H", cmap, at)
    deltas = struct.unpack_from(f">{count}H", cmap, at + 2 * count)
    ranges_at = at + 4 * count
    ranges = struct.unpack_from(f">{count}H", cmap, ranges_at)
    found: dict[int, int] = {}
    for n in range(count):
        for code in range(starts[n], min(ends[n], 0xFFFE) + 1):
            glyph = code
            if ranges[n]:
                place = ranges_at + 2 * n + ranges[n] + 2 * (code - starts[n])
                glyph = struct.unpack_from(">H", cmap, place)[0]
                if not glyph:
                    continue
            glyph = (glyph + deltas[n]) & 0xFFFF
            if glyph:
                found[code] = glyph
    return found


def _groups(cmap: bytes, offset: int) -> dict[int, int]:
    """Subtable format 12."""
    count = struct.unpack_from(">I", cmap, offset + 12)[0]
    found: dict[int, int] = {}
    for n in range(count):
        first, last, glyph = struct.unpack_from(">III", cmap, offset + 16 + 12 * n)
        if last > 0x10FFFF or last - first > 0x20000:
            raise ValueError("the font's table of characters is damaged")
        found.update(zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True))
    return found
