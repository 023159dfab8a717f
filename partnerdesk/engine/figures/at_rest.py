"""The search for cycles rests while figures are made, and what rested unsearched is searched in time."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

LEAST = 1_000_000  # objects: below that no search is worth its time


class _Unsearched:
    """How many objects joined the oldest generation unsearched, against those that stood after the last full search."""

    joined = 0
    stood = 0

    def search_if_many(self) -> None:
        """Python itself starts a full search only for objects that were searched on their way: never for these."""
        if self.joined > max(LEAST, self.stood):
            gc.collect()
            gc.freeze()
            self.joined, self.stood = 0, gc.get_freeze_count()
            gc.unfreeze()

    def join(self) -> None:
        """Frozen and thawed again, or switching the collector on would search all of them at once."""
        self.joined += gc.get_count()[0]
        gc.freeze()
        gc.unfreeze()


_unsearched = _Unsearched()


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """No search for cycles while many small rows are made that have none: it would take a quarter of the time.

    Before the next evaluation they are searched, once there are more of them than of all others.
    """
    was_on = gc.isenabled()
    if was_on:
        _unsearched.search_if_many()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            _unsearched.join()
            gc.enable()
