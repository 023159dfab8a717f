"""The shelf: drafts and versions of the program with their days and how each stands."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from partnerdesk.queries.drafts import COMING, IN_FORCE, DraftRow, Shelf, VersionRow
from partnerdesk.ui.screens.program_pages.drafting import Item
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.entries import Entry, EntryList

if TYPE_CHECKING:
    from partnerdesk.reports.format import Formats

_FIRST_DAY = re.compile(r"^effective_from\s*=\s*(\d{4}-\d\d-\d\d)", re.MULTILINE)
Standing = tuple[str, str]  # status kind and words


def shelf_list() -> EntryList:
    """The list at the left of the screen."""
    return EntryList("Versions and drafts", margin=16, body_role="small", title_role="strong")


def version_key(version: str) -> str:
    """What the screen calls a version in its places."""
    return f"version {version}"


def draft_key(id: int) -> str:
    """What the screen calls a draft in its places."""
    return f"draft {id}"


def items(shelf: Shelf) -> dict[str, Item]:
    """All texts by key, drafts first, the newest version before older ones."""
    drafts = {draft_key(d.id): Item(draft_key(d.id), d.name, d.text, d.id) for d in shelf.drafts}
    versions = {version_key(v.version): Item(version_key(v.version), v.version, v.text) for v in shelf.versions}
    return drafts | dict(reversed(versions.items()))


def usual_base(shelf: Shelf, key: str) -> str:
    """What a text is compared with unless somebody chose: what it was copied from, or the version before."""
    draft = next((d for d in shelf.drafts if draft_key(d.id) == key), None)
    if draft and draft.based_on:
        return version_key(draft.based_on)
    before = shelf.before("" if draft else key.removeprefix("version "))
    return version_key(before.version) if before else ""


def no_program(new: Callable[[], object], add: Callable[[], object]) -> Empty:
    """What stands in a book without a program."""
    return Empty(
        "No partner program yet",
        "A program says what is measured and what is paid. Begin with a small one and change it, or add a TOML file "
        "that you have.",
        ("New draft", new),
        [("Add a program file", add)],
        icon="scale",
    )


def entries(shelf: Shelf, formats: "Formats", standings: dict[str, Standing]) -> Iterator[Entry]:
    """The rows of the list; `standings` by text say how its cases came out, as far as they were run."""
    if shelf.drafts:
        yield Entry("#drafts", "Drafts", is_head=True)
    for draft in shelf.drafts:
        kind, word = standings.get(draft.text, ("", ""))
        yield Entry(draft_key(draft.id), draft.name, _draft_words(draft, formats), "", "", kind, word)
    if shelf.versions:
        yield Entry("#versions", "Versions", is_head=True)
    for version in reversed(shelf.versions):
        kind, word = standings.get(version.text, ("", ""))
        yield Entry(version_key(version.version), version.version, _version_words(version, formats), "", "", kind, word)


def first_day(text: str) -> date | None:
    """The day that a text says it takes effect, also where it cannot be read as a whole."""
    found = _FIRST_DAY.search(text)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def _draft_words(draft: DraftRow, formats: "Formats") -> str:
    day = first_day(draft.text)
    return f"Draft, from {formats.day(day)}" if day else "Draft"


def _version_words(version: VersionRow, formats: "Formats") -> str:
    start = formats.day(version.effective_from)
    if version.state == IN_FORCE:
        return f"In force from {start}"
    if version.state == COMING:
        return f"From {start}"
    return f"Ended, {start} to {formats.day(version.until)}" if version.until else f"Ended, from {start}"
