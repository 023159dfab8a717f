"""Tampering with the history is noticed, also where the chain in the file is sound. Full size: make prove PART=book."""

import random
from pathlib import Path

import pytest

from partnerdesk.store import chain
from tests.store.defects import findings_of
from tests.store.tampering import Way, cut_tail, rewrite, tamper


def noticed(path: Path) -> bool:
    return any(f.category == "history" for f in findings_of(path))


@pytest.mark.parametrize("seed", range(30))
def test_every_tampering_is_noticed(book: Path, seed: int) -> None:
    said = tamper(book, random.Random(seed))
    assert noticed(book), said


@pytest.mark.parametrize("way", [cut_tail, rewrite])
def test_without_what_was_seen_outside_a_sound_chain_is_believed(
    book: Path, monkeypatch: pytest.MonkeyPatch, way: Way
) -> None:
    """The mutant: a chain without an anchor misses a cut tail and a full rewrite."""
    tamper(book, random.Random(1), way)
    assert noticed(book)
    monkeypatch.setattr(chain, "missing", lambda *_: iter(()))
    assert not noticed(book)
