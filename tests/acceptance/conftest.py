"""The sample book, made once as the program makes it, and the same book computed by hand."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from partnerdesk.engine.whole import Evaluation
from partnerdesk.ops.sample import sample_rows
from partnerdesk.queries.figures import evaluation
from partnerdesk.store import Store
from tests.acceptance.sample_money import Money
from tests.acceptance.sample_world import AS_OF, Book, Partner
from tests.books import opened_copy

PARTNERS = [f"P-{n:02}" for n in range(1, 25)]


@pytest.fixture(scope="session")
def book(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The sample book as the program makes it, with its payments and its closed statements."""
    with opened_copy(sample_file, tmp_path_factory.mktemp("sample"), "Ines Roth") as store:
        yield store


@pytest.fixture(scope="session")
def figures(book: Store) -> Evaluation[Decimal]:
    return book.read(evaluation, AS_OF)


@pytest.fixture(scope="session")
def by_hand() -> dict[str, Money]:
    """The same book computed by hand from the rows alone."""
    world = Book(sample_rows())
    return {id: Money(Partner(world, id)) for id in PARTNERS}
