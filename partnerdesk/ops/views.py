"""Keeping a view of a list under a name, and forgetting it."""

from collections.abc import Mapping
from typing import Any, TypeVar

from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.models.book import setting
from partnerdesk.ops import edits
from partnerdesk.queries.views import ViewSet, as_json, kept_views

LONGEST = 40
V = TypeVar("V")


def keep_view(session: Session, views: ViewSet[V], name: str, view: V) -> None:
    """Keeps a view under a name, in place of one of that name. Refused for a name that is there from the start."""
    name = edits.required(name, "A view needs a name.")
    if name in views.built_in:
        raise Refused(f"“{name}” is there from the start.", "Choose another name.")
    if len(name) > LONGEST:
        raise Refused(f"The name is longer than {LONGEST} characters.", "Shorten it.")
    _write(session, views.key, kept_views(session, views) | {name: view})


def forget_view(session: Session, views: ViewSet[Any], name: str) -> None:
    """Forgets a view; the rows it showed stay."""
    kept = kept_views(session, views)
    if kept.pop(name, None) is None:
        raise Refused(f"There is no view “{name}” any more.")
    _write(session, views.key, kept)


def _write(session: Session, key: str, views: Mapping[str, Any]) -> None:
    row = insert(setting).values(key=key, value=as_json(views))
    session.execute(row.on_conflict_do_update(index_elements=["key"], set_={"value": row.excluded.value}))
