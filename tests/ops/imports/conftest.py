"""A new book, and a text that is imported into it as a file."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.store.file import Store
from tests.files import bring, csv_file


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Store]:
    with Store.create(tmp_path / "book.partnerdesk", user="Ann") as store:
        yield store


@pytest.fixture
def put(tmp_path: Path, book: Store) -> Callable[..., Any]:
    """Import a text as a file."""

    def put(text: str, choices: dict[str, str] | None = None, name: str = "q3.csv") -> Any:
        return bring(book, csv_file(tmp_path, text, name), choices)

    return put
