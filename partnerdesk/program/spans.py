"""Where each value stands in a TOML text, to the character, so that one value can be replaced and all else stays.

A form that edits a program changes what a person wrote, comments and layout included, and nothing beside it. The scan
is for texts that `tomllib` reads: it finds places and judges nothing.
"""

import re
from dataclasses import dataclass, field

Path = tuple[str, ...]  # keys and numbers of entries, as in `("tier", "1", "name")`
Edit = tuple[Path, str]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_PART = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*'""")
_TEXTS = (
    r'"""(?:[^\\]|\\.)*?"{3,5}',
    r"'''.*?'{3,5}",
    r'"(?:[^"\\\n]|\\.)*"',
    r"'[^'\n]*'",
    r"\d{4}-\d\d-\d\d \d\d:[\d:.+-]+",
    r"[^\s,\]}#]+",
)
_SCALAR = re.compile("|".join(_TEXTS), re.DOTALL)


@dataclass(frozen=True, slots=True)
class Span:
    """One plain value: from `start` up to `end`, as it is written there."""

    start: int
    end: int
    raw: str


def spans(text: str) -> dict[Path, Span]:
    """Every plain value of a text by its key path, in order. Raises ValueError where the text is no TOML."""
    scan = _Scan(text)
    scan.document()
    return scan.found


def put(text: str, path: Path, raw: str) -> str:
    """The text with one value written anew. A key of the first lines that is not there yet is added to them.

    Raises KeyError for a key of a table that is not there.
    """
    found = spans(text)
    if path in found:
        span = found[path]
        return text[: span.start] + raw + text[span.end :]
    if len(path) != 1:
        raise KeyError(".".join(path))
    ends = [span.end for own, span in found.items() if len(own) == 1]
    at = text.find("\n", max(ends, default=0)) if ends else -1
    line = f"{path[0]} = {raw}\n"
    if not ends:
        return line + text
    return f"{text}\n{line}" if at < 0 else text[: at + 1] + line + text[at + 1 :]


@dataclass
class _Scan:
    text: str
    at: int = 0
    found: dict[Path, Span] = field(default_factory=dict)

    def document(self) -> None:
        counts: dict[Path, int] = {}
        table: Path = ()
        while not self._blank():
            if self.text[self.at] == "[":
                table = self._header(counts)
            else:
                self._pair(table)

    def _blank(self) -> bool:
        """Step over blanks and comments; whether the text is at its end."""
        found = _BLANK.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.at >= len(self.text)

    def _header(self, counts: dict[Path, int]) -> Path:
        width = 2 if self.text.startswith("[[", self.at) else 1
        self.at += width
        parts = self._key()
        self._expect("]" * width)
        path: Path = ()
        for number, part in enumerate(parts, 1):
            path = (*path, part)
            if width == 2 and number == len(parts):
                counts[path] = counts.get(path, -1) + 1
            if path in counts:
                path = (*path, str(counts[path]))
        return path

    def _key(self) -> Path:
        parts = []
        while True:
            self._blank()
            found = _PART.match(self.text, self.at)
            if found is None:
                raise ValueError(f"no key at {self.at}")
            parts.append(found[0].strip("\"'"))
            self.at = found.end()
            self._blank()
            if not self.text.startswith(".", self.at):
                return tuple(parts)
            self.at += 1

    def _expect(self, sign: str) -> None:
        self._blank()
        if not self.text.startswith(sign, self.at):
            raise ValueError(f"no {sign} at {self.at}")
        self.at += len(sign)

    def _pair(self, table: Path) -> None:
        path = (*table, *self._key())
        self._expect("=")
        self._blank()
        self._value(path)

    def _value(self, path: Path) -> None:
        sign = self.text[self.at : self.at + 1]
        if sign in ("{", "["):
            self._many(path, "}" if sign == "{" else "]")
            return
        found = _SCALAR.match(self.text, self.at)
        if found is None:
            raise ValueError(f"no value at {self.at}")
        self.found[path] = Span(found.start(), found.end(), found[0])
        self.at = found.end()

    def _many(self, path: Path, close: str) -> None:
        self.at += 1
        number = 0
        while not self._blank():
            if self.text[self.at] == close:
                self.at += 1
                return
            if self.text[self.at] == ",":
                self.at += 1
            elif close == "}":
                self._pair(path)
            else:
                self._value((*path, str(number)))
                number += 1
        raise ValueError(f"{close} is missing")
