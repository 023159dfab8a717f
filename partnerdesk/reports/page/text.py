"""Words into lines: spans of one role each, broken at spaces so that nothing is ever wider than its column.

A break falls at a space, between two Chinese, Japanese or Korean characters, or, where a single word is too wide,
inside it. Hard spaces hold unless what they hold together is wider than the column. Nothing is drawn here.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from partnerdesk.reports import fonts
from partnerdesk.reports.look import Role

HARD_SPACE = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Span:
    """A text in one role."""

    text: str
    role: Role


Words: TypeAlias = str | Sequence[Span]
TextLine: TypeAlias = tuple[Span, ...]


def spans(words: Words, role: Role) -> tuple[Span, ...]:
    """Words as spans; a bare text takes the role."""
    if isinstance(words, str):
        return (Span(words, role),) if words else ()
    return tuple(words)


def plain_text(words: Words) -> str:
    """The characters of the words, without their roles."""
    return words if isinstance(words, str) else "".join(s.text for s in words)


def line_width(line: Iterable[Span]) -> float:
    return sum(fonts.width(s.text, s.role) for s in line)


@dataclass(frozen=True, slots=True)
class _Atom:
    """What must stay together on a line, and the space after it."""

    text: str
    role: Role
    space: str
    width: float
    room: float  # with the space


def _wide(character: str) -> bool:
    code = ord(character)
    return 0x2E80 <= code <= 0x9FFF or 0xAC00 <= code <= 0xD7AF or 0xF900 <= code <= 0xFAFF or code >= 0x20000


@lru_cache(maxsize=8192)
def _atoms(text: str, role: Role) -> tuple[_Atom, ...]:
    return tuple(
        _Atom(word, role, space, fonts.width(word, role), fonts.width(word + space, role))
        for word, space in _pieces(fonts.plain(text))
    )


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Words, each with the spaces that follow it."""
    word = ""
    space = ""
    for character in text:
        if character == " ":
            space += character
            continue
        if space or (word and (_wide(word[-1]) or _wide(character))):
            yield word, space
            word, space = "", ""
        word += character
    if word or space:
        yield word, space


def wrapped(words: Words, role: Role, width: float) -> tuple[TextLine, ...]:
    """The words in lines no wider than `width`, in points. Raises fonts.Undrawable."""
    lines: list[list[_Atom]] = [[]]
    used = 0.0
    for atom in _fitting(spans(words, role), width):
        if lines[-1] and used + atom.width > width + 0.01:
            lines.append([])
            used = 0.0
        lines[-1].append(atom)
        used += atom.room
    return tuple(_joined(line) for line in lines if line)


def _fitting(parts: Iterable[Span], width: float) -> Iterator[_Atom]:
    """Atoms that each fit the width; one that does not is cut into pieces."""
    for span in parts:
        for atom in _atoms(span.text, span.role):
            if atom.width <= width + 0.01:
                yield atom
            else:
                for part in _loosened(atom):
                    yield from _cut(part, width) if part.width > width + 0.01 else (part,)


def _loosened(atom: _Atom) -> Iterator[_Atom]:
    """A word too wide for its column, apart at its hard spaces and hyphens: better there than inside a name."""
    pieces = re.findall(r".+?(?:[\u00a0\u202f]+|(?<=\w)-(?=\w)|$)", atom.text, re.DOTALL)
    for n, piece in enumerate(pieces):
        is_last = n == len(pieces) - 1
        word = piece.rstrip(HARD_SPACE)
        space = atom.space if is_last else piece[len(word) :]
        yield _Atom(word, atom.role, space, fonts.width(word, atom.role), fonts.width(word + space, atom.role))


def _cut(atom: _Atom, width: float) -> Iterator[_Atom]:
    piece = ""
    for character in atom.text:
        if piece and fonts.width(piece + character, atom.role) > width:
            yield _Atom(piece, atom.role, "", *(fonts.width(piece, atom.role),) * 2)
            piece = ""
        piece += character
    wide = fonts.width(piece, atom.role)
    yield _Atom(piece, atom.role, atom.space, wide, fonts.width(piece + atom.space, atom.role))


def _joined(line: Sequence[_Atom]) -> TextLine:
    """The atoms of a line as spans, without the spaces at its end."""
    joined: list[Span] = []
    for n, atom in enumerate(line):
        text = atom.text + (atom.space if n < len(line) - 1 else "")
        if joined and joined[-1].role is atom.role:
            joined[-1] = Span(joined[-1].text + text, atom.role)
        else:
            joined.append(Span(text, atom.role))
    return tuple(s for s in joined if s.text)


def balanced(words: Words, role: Role, width: float) -> tuple[TextLine, ...]:
    """The fewest lines that fit the width, as even in length as the words allow."""
    best = wrapped(words, role, width)
    if len(best) < 2:
        return best
    low, high = width / (len(best) + 1), width
    while high - low > 1.0:
        middle = (low + high) / 2
        tried = wrapped(words, role, middle)
        if len(tried) <= len(best) and max(line_width(t) for t in tried) <= middle + 0.01:
            best, high = tried, middle
        else:
            low = middle
    return best


def fitted(words: Words, role: Role, width: float, smallest: float = 7.0) -> tuple[Span, ...]:
    """One line no wider than `width`: set smaller down to `smallest` points, then shortened by an ellipsis.

    For slots that repeat a text which stands in full elsewhere on the document.
    """
    line = spans(words, role)
    wide = line_width(line)
    if wide <= width or not line:
        return line
    factor = max(width / wide, smallest / min(s.role.size for s in line))
    if factor < 1:
        line = tuple(Span(s.text, _sized(s.role, factor)) for s in line)
    while line_width(line) > width + 0.01 and plain_text(line):
        line = _shortened(line)
    return line


def _sized(role: Role, factor: float) -> Role:
    return Role(role.size * factor, role.leading, role.face, role.colour, role.tracking * factor)


def _shortened(line: tuple[Span, ...]) -> tuple[Span, ...]:
    """One character less at the end of the longest span, with an ellipsis."""
    longest = max(range(len(line)), key=lambda n: len(line[n].text))
    text = line[longest].text.removesuffix("…")[:-1].rstrip()
    return (*line[:longest], Span(f"{text}…" if text else "", line[longest].role), *line[longest + 1 :])
