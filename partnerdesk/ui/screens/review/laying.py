"""Laying out the pages of a review in a process of its own; while older ones are under way only the newest waits."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from partnerdesk.ops.pack.laid import LaidPack, PackToPrint
    from partnerdesk.queries.joint.reviews import ReviewRow
    from partnerdesk.ui.screens.base import Screen
    from partnerdesk.ui.screens.review.composing import Pages


class PageLaying:
    """`done` gets the newest pages, `failed` why there are none; pages that a later wish overtook are dropped."""

    def __init__(
        self, host: "Screen", done: "Callable[[Pages], object]", failed: Callable[[Exception], object]
    ) -> None:
        self._host, self._done, self._failed = host, done, failed
        self._is_laying = False
        self._under_way: PackToPrint | None = None
        self._next: PackToPrint | None = None
        self._laid: tuple[PackToPrint | None, Pages | None] = (None, None)

    def ask(self, review: "ReviewRow", *, internal: bool) -> None:
        """Read the figures of a review and lay its pages out."""
        from partnerdesk.ops.pack.exports import pack_to_print

        args = (review.partner, review.quarter, self._host.desk.today())
        self._host.desk.read(
            pack_to_print,
            *args,
            review=review.id,
            internal=internal,
            done=self._gathered,
            failed=self._failed,
            slot="reviews.pack",
        )

    def _gathered(self, found: "PackToPrint") -> None:
        from partnerdesk.ui.screens.review.composing import compose_pages

        if self._is_laying:
            self._next = found
            return
        self._is_laying, self._under_way = True, found
        self._host.desk.compute(
            compose_pages,
            found.pack,
            found.locale,
            found.name,
            found.frozen,
            found.strangers,
            label="Laying out the pages",
            done=self._composed,
            failed=self._not_laid,
        )

    def _lay_next(self) -> bool:
        """Whether newer pages than the ones that came are on their way."""
        found, self._next, self._is_laying = self._next, None, False
        if found is not None:
            self._gathered(found)
        return found is not None

    def _not_laid(self, error: Exception) -> None:
        if not self._lay_next():
            self._failed(error)

    def _composed(self, made: "Pages") -> None:
        self._laid = (self._under_way, made)
        if not self._lay_next():
            self._done(made)

    def laid(self, *, internal: bool) -> "LaidPack | None":
        """The newest pages as a file to export, if they are of the variant that is wanted."""
        from partnerdesk.ops.pack.laid import LaidPack
        from partnerdesk.reports.pack.data import InternalPack

        found, made = self._laid
        if found is None or made is None or isinstance(found.pack, InternalPack) != internal or self._is_laying:
            return None
        return LaidPack(found, made.pdf, made.keys)
