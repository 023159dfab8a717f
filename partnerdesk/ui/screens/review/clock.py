"""The clock of a meeting: which topic of the agenda is on, how long it has lasted, and how much of the whole is left.

A topic is on from the moment its page is shown; it adds up what it took, also where one comes back to it. It knows
seconds since the meeting began and no clock of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnerdesk.reports.pack.data import ANATOMY

if TYPE_CHECKING:
    from partnerdesk.queries.joint.reviews import ItemRow

MINUTE = 60


@dataclass(frozen=True, slots=True)
class Now:
    """What the foot of the screen says: the topic, its time with a kind of `widgets.status`, the whole meeting."""

    topic: str
    kind: str
    words: str
    whole: str


class AgendaClock:
    """Time per topic, in seconds since the meeting began."""

    def __init__(self) -> None:
        self._items: tuple[ItemRow, ...] = ()
        self._length: int | None = None
        self._taken: dict[int, int] = {}  # id of a topic -> seconds, without the one that is on
        self._on: int | None = None  # the topic that is on
        self._since = 0

    def set_items(self, items: "Sequence[ItemRow]", minutes: int | None) -> None:
        """The agenda as it stands; what was taken stays."""
        self._items, self._length = tuple(items), minutes or sum(item.minutes or 0 for item in items) or None

    def show_page(self, page: str, now: int) -> None:
        """A page is in view: the topic that speaks to it is on from `now`, if there is one."""
        found = next((item for item in self._items if page in (item.page, ANATOMY.get(item.page))), None)
        if found is None and self._on is None and self._items and not self._items[0].page:
            found = self._items[0]  # the meeting opens with it, whatever is shown
        if found is not None and found.id != self._on:
            self._settle(now)
            self._on = found.id

    def taken(self, topic: int, now: int) -> int:
        """Seconds that a topic took up to now."""
        return self._taken.get(topic, 0) + (now - self._since if topic == self._on else 0)

    def at(self, now: int) -> Now:
        """Where the meeting stands."""
        whole = f"{now // MINUTE} of {self._length} min" if self._length else f"{now // MINUTE} min"
        item = next((item for item in self._items if item.id == self._on), None)
        if item is None:
            return Now("", "", "", whole)
        taken = self.taken(item.id, now)
        if not item.minutes:
            return Now(item.text, "", f"{taken // MINUTE} min", whole)
        left = item.minutes * MINUTE - taken
        if left < 0:
            return Now(item.text, "late", f"{-(left // MINUTE)} min over", whole)
        return Now(item.text, "info", f"{-(-left // MINUTE)} of {item.minutes} min left", whole)

    def _settle(self, now: int) -> None:
        if self._on is not None:
            self._taken[self._on] = self.taken(self._on, now)
        self._since = now
