"""A fresh book for each test, copied from one that is made once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from partnerdesk.store import Store


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with nothing in it, made once and never opened."""
    path = tmp_path_factory.mktemp("made") / "Empty.partnerdesk"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARTNERDESK_HOME", str(tmp_path_factory.mktemp("home")))
        Store.create(path, user="maker").close()
    return path


@pytest.fixture
def path(empty_file: Path, tmp_path: Path) -> Path:
    """A book at rest."""
    return Path(shutil.copy(empty_file, tmp_path / "Book.partnerdesk"))


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """An open book."""
    with Store.open(path, user="Ann Example") as opened:
        yield opened
