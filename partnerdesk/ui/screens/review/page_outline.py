"""The lines of a review's outline: its pages by their printed numbers with a mark each, then the lists behind them."""

from typing import TYPE_CHECKING

from partnerdesk.ui.screens.review.checks import Check
from partnerdesk.ui.screens.review.lists import KINDS
from partnerdesk.ui.screens.review.outline import Line
from partnerdesk.ui.screens.review.page_names import PAGE_NAMES

if TYPE_CHECKING:
    from partnerdesk.ui.screens.review.composing import Pages

FIXED = ("summary", "appendix")  # the first and the last page stay where they are


def outline_lines(made: "Pages | None", found: tuple[Check, ...], *, can_move: bool) -> list[Line]:
    """Pages as they were laid out, all of them without a mark while they are not; every list."""
    keys = made.keys if made is not None else tuple(PAGE_NAMES)
    lines = []
    for key in dict.fromkeys(key for key in keys if key in PAGE_NAMES):
        number = "A" if key == "appendix" else str(keys.index(key) + 1)
        mark = _mark(key, found) if made is not None else ""
        lines.append(Line(key, PAGE_NAMES[key], number, mark, can_move and key not in FIXED))
    return lines + [Line(f"list.{key}", kind.title) for key, kind in KINDS.items()]


def _mark(key: str, found: tuple[Check, ...]) -> str:
    """The worst open check of a page."""
    own = {check.kind for check in found if check.page == key and check.is_open}
    return "bad" if "bad" in own else "warn" if own else "good"
