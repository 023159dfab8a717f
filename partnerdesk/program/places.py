"""Which line of a TOML text a key stands on, so that every problem can name its place."""

import re

_TABLE = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"""^\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PART = re.compile(r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'""")


class Places:
    """Line numbers by key path such as `earning.upfront.rate` or `tier.1.requires`; the nearest parent's otherwise."""

    def __init__(self, text: str) -> None:
        self._lines: dict[str, int] = {}
        counts: dict[str, int] = {}
        table = ""
        for number, line in enumerate(text.splitlines(), 1):
            if found := _TABLE.match(line):
                table = self._table(found, counts)
                self._note(table, number)
            elif found := _KEY.match(line):
                key = ".".join(_plain(found.group(1)))
                self._note(f"{table}.{key}" if table else key, number)

    def _note(self, path: str, number: int) -> None:
        """A key's line; a table that is only opened by what stands in it begins there."""
        while path and path not in self._lines:
            self._lines[path] = number
            path = path.rpartition(".")[0]

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

    def line(self, path: str) -> int:
        """The line of a key or of the nearest key above it; 1 when nothing is known."""
        while path:
            if path in self._lines:
                return self._lines[path]
            path = path.rpartition(".")[0]
        return 1


def _plain(dotted: str) -> list[str]:
    return [part.strip("\"'") for part in _PART.findall(dotted)]
