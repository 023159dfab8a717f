"""Where the header of a table stands: in one of the first rows, in the last one, or nowhere.

A row is a header when its cells are words that kinds of facts know, and are neither numbers nor repeated below. Where
nothing speaks for a header, the user is asked rather than the first row swallowed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from partnerdesk.intake.lexicon import is_known, squash
from partnerdesk.intake.sheet import Sheet
from partnerdesk.intake.tokens import clean

_SEARCHED, _COMPARED = 15, 200
_NUMBER = re.compile(r"[-+(]?[^\w\s]{0,2}\s?[0-9][0-9.,:/\-'’ %T+Z]*[)]?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Header:
    """`index` of the header among the sheet's rows, or -1; `first` is the first row of data; `texts` its cells.

    `extra` counts further header rows (questions, answers) between the header and the data.
    """

    index: int
    first: int
    last: int
    texts: tuple[str, ...]
    extra: int = 0
    is_certain: bool = True


def find(sheet: Sheet, chosen: str = "", known: frozenset[str] = frozenset()) -> Header:
    """The header of a sheet. `chosen` is a line number or "none"; `known` are words that known layouts use besides."""
    rows = sheet.rows
    if chosen == "none":
        return Header(-1, 0, len(rows), _lettered(_width(rows)))
    if chosen.isdecimal() and int(chosen) in sheet.lines:
        return _at(sheet, sheet.lines.index(int(chosen)))
    candidates = [i for i, row in enumerate(rows[: 4 * _SEARCHED]) if any(map(str.strip, row))][:_SEARCHED]
    weighed = [(_weight(rows, i, known), -i) for i in candidates]
    best = max(weighed, default=(0, 0))
    last = max((i for i, row in enumerate(rows) if any(map(str.strip, row))), default=0)
    if best[0] > 0 and (-best[1] < last or last < 2):
        return _at(sheet, -best[1])
    if last >= 2 and _weight(rows, last, known) > 4:
        return Header(last, 0, last, tuple(map(clean, rows[last])))
    plain = next((i for i in candidates if _is_plain(rows, i)), -1)
    if plain >= 0:
        return _at(sheet, plain)
    return Header(-1, 0, len(rows), _lettered(_width(rows)), is_certain=False)


def _width(rows: Sequence[Sequence[str]]) -> int:
    return max((len(row) for row in rows), default=0)


def _lettered(width: int) -> tuple[str, ...]:
    from partnerdesk.intake.cells import letter

    return tuple(f"Column {letter(i)}" for i in range(width))


def _looks_like_data(cell: str) -> bool:
    return _NUMBER.fullmatch(cell) is not None or "@" in cell


def _weight(rows: Sequence[Sequence[str]], index: int, known: frozenset[str]) -> int:
    cells = [clean(c) for c in rows[index]]
    filled = [c for c in cells if c]
    words = [squash(c) for c in filled]
    hits = sum(1 for w in words if w in known or is_known(w))
    if not filled or (hits < 2 and hits * 4 < len(filled)):
        return 0
    if len(filled) == 1 and _width(rows[:_COMPARED]) > 1:
        return 0
    data = sum(1 for c in filled if _looks_like_data(c))
    repeated = _repeated(rows, index)
    return 4 * hits + len(filled) - 4 * data - 4 * repeated


def _repeated(rows: Sequence[Sequence[str]], index: int) -> int:
    """How many cells of a row stand again below in their column: values do, headers do not."""
    below = rows[index + 1 : index + 1 + _COMPARED]
    cells = [(j, c) for j, c in enumerate(rows[index]) if c.strip()]
    if any(len(row) == len(rows[index]) and all(row[j] == c for j, c in cells) for row in below):
        return 0  # a header that every page repeats
    return sum(1 for j, c in cells if any(len(row) > j and row[j] == c for row in below))


def _is_plain(rows: Sequence[Sequence[str]], index: int) -> bool:
    """A row of unknown words over rows that look different: no number in it, none of it repeated, numbers below."""
    cells = [clean(c) for c in rows[index]]
    below = rows[index + 1 : index + 1 + _COMPARED]
    if not below or not all(cells) or len(set(cells)) < len(cells) or any(map(_looks_like_data, cells)):
        return False
    if _repeated(rows, index):
        return False
    return any(
        all(_looks_like_data(clean(row[j])) for row in below if len(row) > j and row[j].strip())
        and any(len(row) > j and row[j].strip() for row in below)
        for j in range(len(cells))
    )


def _at(sheet: Sheet, index: int) -> Header:
    texts = tuple(clean(c) for c in sheet.rows[index])
    extra = _extra(sheet.rows, index)
    if extra == 1:
        texts = _joined(texts, sheet.rows[index + 1])
    return Header(index, index + 1 + extra, len(sheet.rows), texts, extra)


def _extra(rows: Sequence[Sequence[str]], index: int) -> int:
    """Survey tools write the questions, and the identifiers of their import, below the header."""
    for i in (index + 1, index + 2):
        if i < len(rows) and any('{"ImportId"' in cell for cell in rows[i]):
            return i - index
    below = rows[index + 1] if index + 1 < len(rows) else ()
    after = rows[index + 2 : index + 12]
    if len(below) < 3 or not after or below[0].strip() or not all(row and row[0].strip() for row in after):
        return 0
    filled = [clean(c) for c in below if c.strip()]
    header = [clean(c) for c in rows[index]]
    headless = any(not h and c.strip() for h, c in zip(header, below, strict=False))
    answers = any("response" in c.casefold() for c in filled)
    return 1 if filled and (headless or answers) and not any(map(_looks_like_data, filled)) else 0


def _joined(texts: tuple[str, ...], below: Sequence[str]) -> tuple[str, ...]:
    """Headers with the answers below them; a column without a header belongs to the question before it."""
    joined: list[str] = []
    question = ""
    for i in range(max(len(texts), len(below))):
        text = texts[i] if i < len(texts) else ""
        answer = clean(below[i]) if i < len(below) else ""
        question = text or question
        generic = answer.casefold() in ("", "response", "open-ended response")
        joined.append(question if generic else f"{question}: {answer}")
    return tuple(joined)
