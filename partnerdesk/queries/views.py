"""Views of a list that are kept under a name: some are there from the start, the user keeps others.

The user's own stand in the book, so that they travel with it and Undo takes a wrong one back.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Generic, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.models.book import setting

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class ViewSet(Generic[V]):
    """The views of one list: the setting that keeps them, their frozen type, those that are there from the start.

    `is_known` says whether a kept view, perhaps of a later version, is understood.
    """

    key: str
    type: type[V]
    built_in: Mapping[str, V]
    is_known: Callable[[V], bool]


def kept_views(session: Session, views: ViewSet[V]) -> dict[str, V]:
    """The user's own views by name, as they were kept; one that is not understood is left out."""
    kept = session.scalar(select(setting.c.value).where(setting.c.key == views.key))
    found: Mapping[str, Any] = json.loads(kept) if kept else {}
    known = {f.name for f in fields(views.type)}  # type: ignore[arg-type]
    read = {name: views.type(**{k: v for k, v in said.items() if k in known}) for name, said in found.items()}
    return {name: view for name, view in sorted(read.items()) if views.is_known(view)}


def as_json(views: Mapping[str, Any]) -> str:
    """What stands in the book."""
    return json.dumps({name: asdict(view) for name, view in sorted(views.items())}, sort_keys=True)
