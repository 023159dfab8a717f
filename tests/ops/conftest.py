"""Fixtures of the writing side."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from tests.books import empty_book
from tests.queries.conftest import own, sample

__all__ = ["own", "sample", "session"]


@pytest.fixture
def session() -> Iterator[Session]:
    with empty_book() as session:
        yield session
