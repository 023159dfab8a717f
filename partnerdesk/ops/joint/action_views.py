"""Keeping a view of the action list under a name, and forgetting it."""

from collections.abc import Mapping

from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.models.book import setting
from partnerdesk.ops import edits
from partnerdesk.queries.joint.action_views import BUILT_IN, KEY, ActionView, as_json, kept_views

LONGEST = 40


def keep_view(session: Session, name: str, view: ActionView) -> None:
    """Keeps a view under a name, in place of one of that name. Refused for a name that is there from the start."""
    name = edits.required(name, "A view needs a name.")
    if name in BUILT_IN:
        raise Refused(f"“{name}” is there from the start.", "Choose another name.")
    if len(name) > LONGEST:
        raise Refused(f"The name is longer than {LONGEST} characters.", "Shorten it.")
    _write(session, kept_views(session) | {name: view})


def forget_view(session: Session, name: str) -> None:
    """Forgets a view; the actions it showed stay."""
    kept = kept_views(session)
    if kept.pop(name, None) is None:
        raise Refused(f"There is no view “{name}” any more.")
    _write(session, kept)


def _write(session: Session, views: Mapping[str, ActionView]) -> None:
    row = insert(setting).values(key=KEY, value=as_json(views))
    session.execute(row.on_conflict_do_update(index_elements=["key"], set_={"value": row.excluded.value}))
