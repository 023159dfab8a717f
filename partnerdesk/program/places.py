"""Which line of a TOML text a key stands on, so that every problem can name its place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from partnerdesk.program.spans import spans

_TABLE = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"""^\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PART = re.compile(r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'""")


@dataclass(frozen=True, slots=True)
class Part:
    """Lines of a text that came from another file: the first of them here, that file, and their first line there."""

    first: int
    file: str
    line: int


class Places:
    """Line numbers by key path such as `earning.upfront.rate` or `tier.1.requires`; the nearest parent's otherwise."""

    def __init__(self, text: str, parts: Sequence[Part] = ()) -> None:
        self._text, self._parts = text, parts

    @cached_property
    def _lines(self) -> dict[str, int]:
        lines: dict[str, int] = {}
        counts: dict[str, int] = {}
        table = ""
        for number, line in enumerate(self._text.splitlines(), 1):
            if found := _TABLE.match(line):
                table = self._table(found, counts)
                _note(lines, table, number)
            elif found := _KEY.match(line):
                key = ".".join(_plain(found.group(1)))
                _note(lines, f"{table}.{key}" if table else key, number)
        self._note_values(lines)
        return lines

    def _note_values(self, lines: dict[str, int]) -> None:
        """The lines of what stands in lists over several lines; a text that is no TOML keeps those of its keys."""
        try:
            found = spans(self._text)
        except ValueError:
            return
        number, at = 1, 0
        for path, span in sorted(found.items(), key=lambda item: item[1].start):
            number, at = number + self._text.count("\n", at, span.start), span.start
            _note(lines, ".".join(path), number)

    @staticmethod
    def _table(found: "re.Match[str]", counts: dict[str, int]) -> str:
        parts = _plain(found.group(2))
        path = ""
        for i, part in enumerate(parts):
            path = f"{path}.{part}" if path else part
            last = i == len(parts) - 1
            if last and found.group(1) == "[[":
                counts[path] = counts.get(path, -1) + 1
            if path in counts:
                path = f"{path}.{counts[path]}"
        return path

    def place(self, file: str, path: str) -> str:
        """The file, the line and the key as a problem names them; what came from another file is named there."""
        number = self.line(path)
        for part in reversed(self._parts):
            if number >= part.first:
                return f"{part.file}, line {number - part.first + part.line}, {path}"
        return f"{file}, line {number}, {path}"

    def line(self, path: str) -> int:
        """The line of a key or of the nearest key above it; 1 when nothing is known."""
        while path:
            if path in self._lines:
                return self._lines[path]
            path = path.rpartition(".")[0]
        return 1


def _note(lines: dict[str, int], path: str, number: int) -> None:
    """A key's line; a table that is only opened by what stands in it begins there."""
    while path and path not in lines:
        lines[path] = number
        path = path.rpartition(".")[0]


def _plain(dotted: str) -> list[str]:
    return [part.strip("\"'") for part in _PART.findall(dotted)]
