"""A key that the text leaves out is added with its table, and one that it names is taken out, and nothing else changes.

Places in a text are tried one by one and each result is read again: the first that differs in this key alone is taken.
"""

import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from typing import Any

from partnerdesk.program.keyed import dotted, with_key
from partnerdesk.program.spans import Path, Span, spans

_HEADER = re.compile(r"[ \t]*\[\[?[^\]\n]+\]\]?[^\n]*\n?")
_EXAMPLES = re.compile(r"^\s*\[\[?\s*example\b", re.MULTILINE)


def with_term(text: str, path: Path, raw: str) -> str:
    """The text with a key set, its table made where there is none. Raises KeyError where no place is found for it."""
    try:
        return with_key(text, path, raw)
    except KeyError:
        wanted = _set(_read(text), path, tomllib.loads(f"x = {raw}", parse_float=Decimal)["x"])
        return _first(_tables(text, path, raw), wanted, path)


def without_key(text: str, path: Path) -> str:
    """The text without a key that has a plain value. Raises KeyError where it cannot be taken out by itself."""
    span = spans(text).get(path)
    if span is None:
        raise KeyError(dotted(path))
    return _first(_removed(text, span), _cut(_read(text), path), path)


def _first(candidates: Iterator[str], wanted: Any, path: Path) -> str:
    for candidate in candidates:
        try:
            if _read(candidate) == wanted:
                return candidate
        except tomllib.TOMLDecodeError:
            continue
    raise KeyError(dotted(path))


def _read(text: str) -> Any:
    return tomllib.loads(text, parse_float=Decimal)


def _tables(text: str, path: Path, raw: str) -> Iterator[str]:
    """Under the header of the table; inside the table around it; as a table of its own before the worked cases."""
    line, table = f"{dotted(path[-1:])} = {raw}\n", path[:-1]
    for found in _HEADER.finditer(text):
        if found[0].strip().startswith(f"[{dotted(table)}]"):
            yield f"{text[: found.end()]}{line}{text[found.end() :]}"
    if len(table) > 1:
        with suppress(KeyError):
            yield with_key(text, table, f"{{ {line.strip()} }}")
    cases = _EXAMPLES.search(text)
    at = _before_comments(text, cases.start()) if cases else len(text)
    before, after = text[:at].rstrip("\n"), text[at:].lstrip("\n")
    yield f"{before}\n\n[{dotted(table)}]\n{line}" + (f"\n{after}" if after else "")


def _before_comments(text: str, at: int) -> int:
    """The beginning of the comments and empty lines that stand right before a place."""
    lines = text[:at].splitlines(keepends=True)
    while lines and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        at -= len(lines.pop())
    return at


def _removed(text: str, span: Span) -> Iterator[str]:
    """Without its whole line, or inside braces with the comma before it or behind it."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    yield text[:start] + ("" if end < 0 else text[end + 1 :])
    key = re.search(r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')\s*=\s*$""", text[: span.start])
    if key is not None:
        ahead = re.match(r"\s*,[ \t]*", text[span.end :])
        behind = re.search(r",\s*$", text[: key.start()])
        if behind is not None:
            yield text[: behind.start()] + text[span.end :]
        if ahead is not None:
            yield text[: key.start()] + text[span.end + ahead.end() :]
        yield text[: key.start()] + text[span.end :].lstrip(" ")


def _set(raw: Any, path: Path, value: Any) -> Any:
    return {**raw, path[0]: _set(raw.get(path[0], {}), path[1:], value)} if path else value


def _cut(raw: Any, path: Path) -> Any:
    part, rest = path[0], path[1:]
    if isinstance(raw, list):
        return [_cut(own, rest) if n == int(part) else own for n, own in enumerate(raw)]
    if not rest:
        return {name: own for name, own in raw.items() if name != part}
    return {**raw, part: _cut(raw[part], rest)}
