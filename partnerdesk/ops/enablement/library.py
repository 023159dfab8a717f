"""The library: reference architectures, lessons learned, guides and templates, and who used what with which result.

An item is internal until it is shared. Shared means that it names nobody: no partner, no customer, no person of the
book stands in its texts; changing one that is shared holds it to the same.
"""

from datetime import date
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.models.playbooks import ITEM_KINDS, item_use, library_item
from partnerdesk.ops import edits, sentences
from partnerdesk.ops.enablement.naming import names_in

_TEXTS = ("title", "text", "tags", "product", "partner_type", "place")


def add_item(
    session: Session,
    *,
    form: str,
    title: str,
    on: date,
    text: str = "",
    tags: str = "",
    product: str = "",
    partner_type: str = "",
    place: str = "",
    author: str = "",
) -> int:
    """An item that only we see; returns its id. `place` is a path or an address; `tags` are divided by commas."""
    _known(form)
    title = edits.required(title, "An item of the library needs a title.")
    said = {"text": text, "tags": tags, "product": product, "partner_type": partner_type, "place": place}
    return edits.add(session, library_item, form=form, title=title, created=on, author=author, **said)


def change_item(session: Session, id: int, before: Any, /, **changes: Any) -> None:
    """Changes an item as its editor saw it. Raises Refused where one that is shared would name somebody."""
    row = edits.present(session, library_item, id, "item")
    if {"shared_on", "created"} & set(changes):
        raise TypeError("an item is shared and withdrawn by its own verbs")
    if "title" in changes:
        edits.required(changes["title"], "An item of the library needs a title.")
    _known(changes.get("form", row["form"]))
    if row["shared_on"] is not None:
        _names_nobody(session, dict(row) | changes, "Withdraw it first, or leave the names out.")
    edits.change(session, library_item, row, "item", before, changes)


def share_item(session: Session, id: int, *, on: date) -> None:
    """The item may be given to partners. Raises Refused with the names that still stand in it."""
    row = edits.present(session, library_item, id, "item")
    if row["shared_on"] is not None:
        raise Refused("This item is shared already.")
    _names_nobody(session, dict(row), "Write it without names, then share it.")
    edits.change(session, library_item, row, "item", {}, {"shared_on": on})


def withdraw_item(session: Session, id: int) -> None:
    """The item is ours alone again."""
    row = edits.present(session, library_item, id, "item")
    if row["shared_on"] is None:
        raise Refused("This item is not shared.")
    edits.change(session, library_item, row, "item", {}, {"shared_on": None})


def remove_item(session: Session, id: int) -> None:
    """Removes an item, and who used it."""
    edits.present(session, library_item, id, "item")
    session.execute(delete(item_use).where(item_use.c.item == id))
    edits.remove(session, library_item, id)


def use_item(session: Session, item: int, partner: str, *, day: date, used_by: str = "", result: str = "") -> int:
    """An item was used with a partner; returns the id of the use."""
    edits.present(session, library_item, item, "item")
    partner = edits.required(partner, "Say with which partner it was used.")
    return edits.add(session, item_use, item=item, partner=partner, day=day, used_by=used_by, result=result)


def change_use(session: Session, id: int, before: Any, /, **changes: Any) -> None:
    """Changes day, person or result of a use as its editor saw it."""
    edits.change(session, item_use, edits.present(session, item_use, id, "use"), "use", before, changes)


def remove_use(session: Session, id: int) -> None:
    """Removes a use."""
    edits.present(session, item_use, id, "use")
    edits.remove(session, item_use, id)


def _names_nobody(session: Session, row: dict[str, Any], remedy: str) -> None:
    found = names_in(session, [row[name] for name in _TEXTS])
    if found:
        shown = sentences.listed([f"“{name}”" for name in found[:3]])
        more = f" and {len(found) - 3} more" if len(found) > 3 else ""
        raise Refused(f"This item names {shown}{more}.", remedy)


def _known(form: str) -> None:
    if form not in ITEM_KINDS:
        raise Refused(f"“{form}” is no kind of item.", f"Choose {sentences.listed(ITEM_KINDS)}.")
