"""The sample book, made once as the program makes it, and the same book computed by hand."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from partnerdesk.engine.outcome import Evaluation
from partnerdesk.ops.sample import sample_rows
from partnerdesk.ops.sample_book import fill_sample_book
from partnerdesk.queries.figures import evaluation
from partnerdesk.store import Store
from tests.acceptance.sample_money import Money
from tests.acceptance.sample_world import AS_OF, Book, Partner

PARTNERS = [f"P-{n:02}" for n in range(1, 25)]


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The sample book as the program makes it, with its payments and its closed statements."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("sample")
        patch.setenv("PARTNERDESK_HOME", str(folder))
        with Store.create(folder / "Sample.partnerdesk", user="Ines Roth", sample=True) as store:
            store.transact("Sample book", fill_sample_book)
            yield store


@pytest.fixture(scope="session")
def figures(book: Store) -> Evaluation[Decimal]:
    return book.read(evaluation, AS_OF)


@pytest.fixture(scope="session")
def by_hand() -> dict[str, Money]:
    """The same book computed by hand from the rows alone."""
    world = Book(sample_rows())
    return {id: Money(Partner(world, id)) for id in PARTNERS}
