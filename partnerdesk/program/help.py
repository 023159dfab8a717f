"""Help beside a program's text: which key the cursor is on, and what the reference says of it.

This works on a text that is being typed, so it looks at lines and never needs the whole to be readable.
"""

import re
from functools import lru_cache
from typing import Any

from partnerdesk.engine.rules import Program
from partnerdesk.program.reference.sections import KeyEntry, keys_of, nested_in

_TABLE = re.compile(r"^\s*\[\[?\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""([A-Za-z0-9_-]+|"[^"\n]*")\s*=""")
_PART = re.compile(r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'""")


def path_at(text: str, position: int) -> tuple[str, ...]:
    """The table around a place in the text, numbered where it is one of several, and the key before the place."""
    start = text.rfind("\n", 0, position) + 1
    line = text[start:].partition("\n")[0]
    counts: dict[str, int] = {}
    table: tuple[str, ...] = ()
    for above in text[: start + len(line)].splitlines():
        if found := _TABLE.match(above):
            table = _numbered(found[1], above.lstrip().startswith("[["), counts)
    if _TABLE.match(line) or line.lstrip().startswith("#"):
        return table
    keys = [k[1].strip('"') for k in _KEY.finditer(line) if k.start() <= position - start] or [
        k[1].strip('"') for k in list(_KEY.finditer(line))[:1]
    ]
    return (*table, *dict.fromkeys([*keys[:1], *keys[-1:]]))


def _numbered(header: str, is_list: bool, counts: dict[str, int]) -> tuple[str, ...]:
    parts = [part.strip("\"'") for part in _PART.findall(header)]
    path: tuple[str, ...] = ()
    for number, part in enumerate(parts, 1):
        path = (*path, part)
        name = ".".join(path)
        if is_list and number == len(parts):
            counts[name] = counts.get(name, -1) + 1
        if name in counts:
            path = (*path, str(counts[name]))
    return path


_WRITTEN = re.compile(r"[;,] written (as the bound itself, \{[^}]*\}[^;.]*|`\w+`|at_least)")
_BRACED = re.compile(r" ?\(?\{[^}]*\}\)?")
_TICKED = re.compile(r"`([^`]*)`")


def in_words(says: str) -> str:
    """What the reference says of a key, for those who fill in a field and write no text: how it is written is left out,
    and a key or a value is named in quotes.
    """
    without = _BRACED.sub("", _WRITTEN.sub("", says))
    return _TICKED.sub(lambda found: f"“{found[1].replace('_', ' ')}”", without)


def meaning(path: tuple[str, ...]) -> KeyEntry | None:
    """What the reference says of the last key of a path that it knows; None where it knows none."""
    kinds: tuple[type, ...] = (Program,)
    found = None
    for part in path:
        entry = _find(kinds, part, 3)
        if entry is not None:
            found = entry
            kinds = tuple(kind for kind, _form in nested_in(entry.hint))
    return found


@lru_cache(maxsize=512)
def _find(kinds: tuple[type, ...], name: str, depth: int) -> KeyEntry | None:
    """The key of a name in some tables, or in the tables that they may be written short for."""
    for kind in kinds:
        for entry in keys_of(kind):
            if entry.name == name:
                return entry
    if depth > 1 and kinds != (Program,):
        inner: dict[Any, None] = {}
        for kind in kinds:
            for entry in keys_of(kind):
                inner |= {nested: None for nested, _form in nested_in(entry.hint) if nested not in kinds}
        return _find(tuple(inner), name, depth - 1) if inner else None
    return None
