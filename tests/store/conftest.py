"""A fresh book for each test, copied from one that is made once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from partnerdesk.store import Store
from tests.store.defects import work


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


@pytest.fixture(scope="session")
def worked_on(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with a history and a backup, and beside it its data folder: copied for each defect."""
    folder = tmp_path_factory.mktemp("worked")
    path = Path(shutil.copy(empty_file, folder / "Book.partnerdesk"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARTNERDESK_HOME", str(folder / "home"))
        work(path)
    return path


@pytest.fixture
def book(worked_on: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same book, with its data folder, at a place of its own."""
    folder = tmp_path / "copy"
    shutil.copytree(worked_on.parent, folder)
    for manifest in folder.rglob("*.json"):
        text = manifest.read_text(encoding="utf-8")
        manifest.write_text(text.replace(str(worked_on.parent.resolve()), str(folder.resolve())), encoding="utf-8")
    monkeypatch.setenv("PARTNERDESK_HOME", str(folder / "home"))
    return folder / "Book.partnerdesk"
