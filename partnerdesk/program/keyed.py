"""One key of a program text by its path: written as people write it, and set to another value wherever it stands.

`spans` finds values that are there; here a key that has its default, and so no place in the text yet, is added to the
table it belongs to. Every result is read again, so that nothing but the one key is another.
"""

import re
import tomllib
from decimal import Decimal
from typing import Any

from partnerdesk.program.spans import Path, put, spans

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_PART = re.compile(r"""\s*([A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*')\s*(\.|$)""")


def dotted(path: Path) -> str:
    """A path as in a program text: `earning.upfront.rate.by_tier.Gold`; odd names in quotes."""
    return ".".join(part if _BARE.fullmatch(part) else f'"{part}"' for part in path)


def path_of(key: str) -> Path:
    """The path that a dotted key names. Raises ValueError where it is none."""
    found, at = [], 0
    while match := _PART.match(key, at):
        found.append(match[1].strip("\"'"))
        at = match.end()
        if match[2] != ".":
            break
    if not found or at != len(key) or key.endswith("."):
        raise ValueError(f"“{key}” is no key such as earning.upfront.rate")
    return tuple(found)


def is_value(raw: str) -> bool:
    """Whether a text is one value as TOML writes it: 0.15, "Gold", 2026-01-01, [1, 2], { share = 0.5 }."""
    try:
        return set(tomllib.loads(f"x = {raw}\n", parse_float=Decimal)) == {"x"}
    except tomllib.TOMLDecodeError:
        return False


def value_at(text: str, path: Path) -> Any:
    """The value of a key, whole tables and lists included. Raises KeyError where the text does not name it."""
    return _at(tomllib.loads(text, parse_float=Decimal), path)


def with_key(text: str, path: Path, raw: str) -> str:
    """The text with one key set to a value that `is_value` knows. Raises KeyError where its table is not there."""
    found = spans(text)
    if path in found or len(path) == 1:
        return put(text, path, raw)
    before = tomllib.loads(text, parse_float=Decimal)
    if isinstance(_at(before, path[:-1]), list):
        raise KeyError(dotted(path))
    wanted = tomllib.loads(f"x = {raw}", parse_float=Decimal)["x"]
    for candidate in _candidates(text, path, raw):
        try:
            after = tomllib.loads(candidate, parse_float=Decimal)
        except tomllib.TOMLDecodeError:
            continue
        if _with(before, path, wanted) == after:
            return candidate
    raise KeyError(dotted(path))


def _candidates(text: str, path: Path, raw: str) -> list[str]:
    """The text with the key behind a value of its table: inside the braces, or on a line of its own; or in the braces
    of a table that is empty.
    """
    own = [span for place, span in spans(text).items() if place[:-1] == path[:-1]]
    key = dotted(path[-1:])
    found = []
    for span in own:
        found.append(f"{text[: span.end]}, {key} = {raw}{text[span.end :]}")
        end = text.find("\n", span.end)
        end = len(text) if end < 0 else end
        found.append(f"{text[:end]}\n{key} = {raw}{text[end:]}")
    for braces in re.finditer(rf"""{re.escape(dotted(path[-2:-1]))}\s*=\s*\{{(\s*)\}}""", text):
        found.append(f"{text[: braces.start(1)]} {key} = {raw} {text[braces.end(1) :]}")
    return found


def _at(raw: Any, path: Path) -> Any:
    for part in path:
        if isinstance(raw, list):
            if not part.isdigit() or int(part) >= len(raw):
                raise KeyError(part)
            raw = raw[int(part)]
        elif isinstance(raw, dict) and part in raw:
            raw = raw[part]
        else:
            raise KeyError(part)
    return raw


def _with(raw: Any, path: Path, value: Any) -> Any:
    """The same data with one value another; lists and tables on the way are copied."""
    if not path:
        return value
    part, rest = path[0], path[1:]
    if isinstance(raw, list):
        return [_with(own, rest, value) if n == int(part) else own for n, own in enumerate(raw)]
    return {**raw, part: _with(raw.get(part), rest, value)}
