"""New books: an empty one for the region of the system, and the sample book of invented partners."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from partnerdesk.ui.surroundings import today

if TYPE_CHECKING:
    from partnerdesk.store import Store


def make_book(path: Path, user: str) -> "Store":
    """A new, empty book, in the currency and fiscal year of where the system is set up."""
    from partnerdesk.ops.region import system_locale, usual_settings
    from partnerdesk.store import Store

    usual = usual_settings(system_locale() or QLocale.system().name(), today())
    return Store.create(path, user=user, settings=usual)


def make_sample(path: Path, user: str) -> "Store":
    """The sample book: invented partners, twelve quarters.

    It gets its name once it is full, so that a process that ended meanwhile leaves no empty one.
    """
    from tempfile import TemporaryDirectory

    from partnerdesk.ops.sample.whole import fill_sample_book
    from partnerdesk.store import Store
    from partnerdesk.store.create import place
    from partnerdesk.store.faults import told_by_system

    with told_by_system(path.name), TemporaryDirectory(prefix=".sample-", dir=path.parent) as folder:
        making = Path(folder) / path.name
        with Store.create(making, user=user, sample=True) as store:
            store.transact("Make the sample book", fill_sample_book)
        place(making, path)
    return Store.open(path, user=user)
