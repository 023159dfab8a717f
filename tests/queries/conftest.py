"""Fixtures of the reading side."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.orm import Session

from partnerdesk.store import Store
from tests.books import empty_book, opened_copy


@pytest.fixture
def session() -> Iterator[Session]:
    with empty_book() as session:
        yield session


@pytest.fixture(scope="session")
def sample(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The sample book, opened; nothing writes to it."""
    with opened_copy(sample_file, tmp_path_factory.mktemp("sample"), "Ann") as store:
        yield store


@pytest.fixture
def own(sample: Store, tmp_path: Path) -> Iterator[Store]:
    """A copy of the sample book to write to."""
    path = tmp_path / "own.partnerdesk"
    source, target = sqlcipher.connect(str(sample.path)), sqlcipher.connect(str(path))
    source.backup(target)
    source.close()
    target.close()
    with Store.open(path, user="Ann") as store:
        yield store
