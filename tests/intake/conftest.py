"""Drafts of files without a book."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from partnerdesk.intake import drafts, files
from partnerdesk.intake.drafts import Draft
from partnerdesk.intake.limits import WINDOW
from partnerdesk.intake.rows import Context

Drafted = Callable[..., Draft]


@pytest.fixture
def drafted(tmp_path: Path) -> Drafted:
    """`drafted(content, choices, name)`: the draft of a file with this content."""

    def make(content: "str | bytes | Path", choices: Mapping[str, str] | None = None, name: str = "q3.csv") -> Draft:
        path = content if isinstance(content, Path) else tmp_path / name
        if isinstance(content, str):
            path.write_bytes(content.encode("utf-8", "surrogatepass"))
        elif isinstance(content, bytes):
            path.write_bytes(content)
        given = dict(choices or {})
        sheets = files.read(path, WINDOW, given.get("encoding", ""), given.get("delimiter", ""))
        draft = drafts.best(sheets, given, Context())
        assert draft.read == draft.accepted + draft.rejected + draft.ignored_count
        return draft

    return make
