"""From bytes to text: byte order mark, strict UTF-8, UTF-16, then the code pages that machines really wrote, Western
ones and the Central European one that its words give away.

A code page cannot be proven, only weighed: letters inside words speak for it, symbols inside words against it. The
result says whether it is certain, the preview shows it, and a choice overrides it.
"""

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass

from partnerdesk.errors import Refused
from partnerdesk.intake.code_pages import CENTRAL, WESTERN, weighed

LABELS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with byte order mark",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "utf-32": "UTF-32",
    "cp1252": "Windows-1252 (Western)",
    "cp850": "DOS 850 (Western)",
    "cp1250": "Windows-1250 (Central European)",
    "iso8859-15": "ISO 8859-15 (Western)",
    "mac-roman": "Mac Roman",
    "cp1251": "Windows-1251 (Cyrillic)",
    "cp1253": "Windows-1253 (Greek)",
    "cp1254": "Windows-1254 (Turkish)",
    "cp932": "Shift JIS (Japanese)",
    "gb18030": "GB 18030 (Chinese)",
}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"),
)
_SAMPLE = 200_000
_HEAD, _CELLS = 20, re.compile(r"[;,|\t\n\"]")  # lines in which a header may stand, and what parts its cells
# Those that a user may choose among where a file is not Western.
_PAGES = ("cp1250", "cp1251", "cp1253", "cp1254", "cp932", "gb18030", "cp1252", "cp850", "mac-roman")
_WORDS = re.compile(r"[^\W\d_]+")
_ODD = re.compile(r"(?<=[^\W\d_])[¹³¿¼¾¶£¥¡¢¤¦§¬±µ](?=[^\W\d_])")  # signs where Central European letters stand
REPLACED = "\ufffd"


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with the encoding it was read in."""

    text: str
    encoding: str
    is_certain: bool
    note: str = ""
    rivals: tuple[tuple[str, str], ...] = ()  # encodings that fit as well, each with a word as it would read

    @property
    def label(self) -> str:
        return LABELS.get(self.encoding, self.encoding)


def decode(data: bytes, chosen: str = "") -> Decoded:
    """The text of a file. Raises Refused where the bytes are not text, or not text in the chosen encoding."""
    if chosen:
        return _as_chosen(data, chosen)
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return _strictly(data, codec, name)
    if wide := _without_mark(data):
        return _strictly(data, wide, wide)
    if b"\0" in data:
        raise Refused("This is not a text file: it contains zero bytes.", "Save it as CSV or XLSX, then import that.")
    try:
        return Decoded(data.decode("utf-8"), "utf-8", True)
    except UnicodeDecodeError:
        return _one_byte(data)


def settled(data: bytes, decoded: Decoded, is_known: Callable[[str], bool]) -> Decoded:
    """The one of several readings in which the most words of the first lines are known as headers, if it is one."""
    if not decoded.rivals:
        return decoded
    found = []
    for name, _ in decoded.rivals:
        head = "\n".join(data.decode(name).splitlines()[:_HEAD])
        cells = [cell for cell in _CELLS.split(head) if not cell.isascii()]
        found.append((sum(map(is_known, cells)), name))
    (most, best), (next_, _), *_rest = sorted(found, reverse=True)
    if most == next_:
        return decoded
    text = data.decode(best)
    return Decoded(text, best, False, _note(text, best))


def _as_chosen(data: bytes, chosen: str) -> Decoded:
    try:
        codec = codecs.lookup(chosen).name
    except LookupError:
        known = ", ".join(sorted(LABELS))
        raise Refused(f"“{chosen}” is not an encoding that this program knows.", f"Choose one of {known}.") from None
    if codec == "utf-8":
        codec = "utf-8-sig"
    return _strictly(data, codec, chosen)


def _strictly(data: bytes, codec: str, name: str) -> Decoded:
    try:
        return Decoded(data.decode(codec), name, True)
    except (UnicodeDecodeError, UnicodeError) as error:
        label = LABELS.get(name, name)
        at = getattr(error, "start", 0)
        line = data.count(b"\n", 0, at) + 1
        raise Refused(
            f"Line {line} is not {label}: the file was damaged, or it was written in another encoding.",
            "Export it again as UTF-8, or choose the encoding it was written in.",
        ) from None


def _without_mark(data: bytes) -> str:
    """UTF-16 that lost its mark: in Western text every other byte is zero."""
    head = data[:2000]
    if len(head) < 8 or b"\0" not in head:
        return ""
    pairs = len(head) // 2
    for codec, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        rest = head[0::2] if codec == "utf-16-le" else head[1::2]
        if zeros.count(0) * 5 > pairs * 2 and rest.count(0) * 20 < pairs:
            return codec
    return ""


def _one_byte(data: bytes) -> Decoded:
    damaged = data.decode("utf-8", "replace")
    wide = sum(1 for c in damaged if c > "\x7f")
    bad = damaged.count(REPLACED)
    if wide - bad >= bad:  # one-byte texts make whole UTF-8 characters by chance only
        note = f"{bad} damaged characters: the rows that hold them are left out."
        return Decoded(damaged, "utf-8", True, note)
    readings = sorted(((_weight(text), i, text, name) for i, (text, name) in enumerate(_readings(data))), reverse=True)
    weight, _, text, encoding = readings[0]
    if (found := _central(data, encoding, weight)) is not None:
        return found
    if not _is_western(text, weight):
        return Decoded(text, encoding, False, "", tuple(_all_readings(data, encoding, text)))
    rivals = [(name, _word(other)) for w, _, other, name in readings if w * 5 >= weight * 3]
    if len(rivals) > 1:
        return Decoded(text, encoding, False, "", tuple(rivals))
    return Decoded(text, encoding, False, _note(text, encoding))


def _central(data: bytes, western: str, weight: int) -> Decoded | None:
    """The reading of a Central European file, None for another; both are offered where a Western one may be meant."""
    try:
        text = data.decode(CENTRAL)
    except UnicodeDecodeError:
        return None
    central = weighed(data)
    if not (central.is_likely or central.is_sure) or (western != WESTERN and _weight(text) < weight):
        return None
    if not central.is_sure:
        return Decoded(text, CENTRAL, False, "", tuple(_all_readings(data, CENTRAL, text)))
    return Decoded(text, CENTRAL, False, _note(text, CENTRAL))


def _note(text: str, encoding: str) -> str:
    word = next((w for w in _WORDS.findall(text) if not w.isascii()), _word(text))
    return f"The file does not say its encoding; as {LABELS[encoding]} it reads “{word}”."


def _is_western(text: str, weight: int) -> bool:
    """Whether a reading has words with a few accents in them; another script, or another page, has none or odd ones."""
    words = [w for w in _WORDS.findall(text[:_SAMPLE]) if not w.isascii()]
    foreign = sum(1 for w in words if len(w) > 2 and not any(c <= "\x7f" for c in w))
    return weight > 0 and foreign * 2 < max(len(words), 1) and not _ODD.search(text[:_SAMPLE])


def _all_readings(data: bytes, first: str, text: str) -> list[tuple[str, str]]:
    """The file in every code page that has a character for all its bytes, the likeliest first."""
    found = [(first, _word(text))]
    for codec in _PAGES:
        try:
            found += [] if codec == first else [(codec, _word(data.decode(codec)))]
        except UnicodeDecodeError:
            continue
    return found


def _word(text: str) -> str:
    """The first word of a reading that holds more than ASCII, with what stands beside it."""
    at = next((i for i, c in enumerate(text) if c > "\x7f"), 0)
    return "".join(c if c.isprintable() else " " for c in text[max(at - 12, 0) : at + 12]).strip()


def _readings(data: bytes) -> list[tuple[str, str]]:
    """The file in each code page that has a character for all its bytes; cp850 always has."""
    found = []
    for codec in ("cp1252", "cp850"):
        try:
            found.append((data.decode(codec), codec))
        except UnicodeDecodeError:
            continue
    return found


def _weight(text: str) -> int:
    """Letters that continue a word speak for a reading; signs, capitals inside words and boxes against it."""
    weight = 0
    text = " " + text[:_SAMPLE] + " "
    for i, c in enumerate(text):
        if c <= "\x7f":
            continue
        before, after = text[i - 1], text[i + 1]
        in_word = before.isalpha() or after.isalpha()
        if c.isalpha():
            capital_inside = c.isupper() and before.islower()
            weight += -2 if capital_inside else (3 if in_word else 0)
        elif before.isalpha() and after.isalpha():
            weight += 0 if c in "’–" else -4
        elif c in "€£’“”–— °®™":
            weight += 1
        else:
            weight -= 2
    return weight
