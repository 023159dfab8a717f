"""Fixtures of the writing side."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from tests.books import empty_book


@pytest.fixture
def session() -> Iterator[Session]:
    with empty_book() as session:
        yield session
