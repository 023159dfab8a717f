"""What the window remembers between runs: geometry, splitters, columns, last page, theme, recent books.

One JSON file in the data folder, readable by its owner only, replaced as a whole; no figures and no names of
partners beyond an id. A file that cannot be read is as good as none: it holds convenience, never work.
"""

from pathlib import Path
from typing import Any

from partnerdesk import paths
from partnerdesk.errors import PartnerDeskError

FILE = "window.json"
VERSION = 1


class State:
    """Remembered values by key. `save` writes when something changed."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or paths.home() / FILE
        self._values: dict[str, Any] = {}
        self._dirty = False
        self._load()

    def _load(self) -> None:
        try:
            text = self.path.read_text(encoding="utf-8")
            import json  # the very first start needs none

            found = json.loads(text)
        except FileNotFoundError:
            return
        except (OSError, ValueError):
            from partnerdesk import log

            log.event("state.unreadable")
            return
        if isinstance(found, dict) and found.get("version") == VERSION:
            self._values = found

    def get(self, key: str, default: Any = None) -> Any:
        """The remembered value, or the default when there is none of its type."""
        value = self._values.get(key, default)
        return value if default is None or isinstance(value, type(default)) else default

    def set(self, key: str, value: Any) -> None:
        """Remember a JSON value."""
        if self._values.get(key) != value:
            self._values[key] = value
            self._dirty = True

    def forget(self, key: str) -> None:
        """Remember nothing for the key."""
        if self._values.pop(key, None) is not None:
            self._dirty = True

    def save(self) -> None:
        """Write the file if something changed."""
        if not self._dirty:
            return
        import json

        from partnerdesk import log
        from partnerdesk.reports.atomic import write

        try:
            write(self.path, json.dumps(self._values | {"version": VERSION}, indent=1, sort_keys=True).encode())
            self._dirty = False
        except PartnerDeskError as error:
            log.failure("state.not_kept", error)

    def recent(self, book: Path | None = None) -> list[Path]:
        """The last books, newest first; with `book` it becomes the newest."""
        known = [Path(p) for p in self.get("recent", [])]
        if book is not None:
            known = [book, *(p for p in known if p != book)][:8]
            self.set("recent", [str(p) for p in known])
        return known
