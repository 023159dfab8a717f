"""What statements were headed with is read of each once, and of its beginning alone."""

from pathlib import Path

import pytest

from partnerdesk.queries.statements import heads
from partnerdesk.queries.statements.heads import names_on_heads
from tests.ops.disputes.disputed import opened


def test_a_head_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heads, "_read", {})
    read: list[bytes] = []
    unpacked = heads._head
    monkeypatch.setattr(heads, "_head", lambda body: read.append(body) or unpacked(body))
    with opened(tmp_path, "pay") as book:
        first = book.read(names_on_heads)
        assert first.keys() == {"P1"} and first["P1"] and len(read) == 3
        assert book.read(names_on_heads) == first and len(read) == 3
