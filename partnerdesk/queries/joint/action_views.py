"""Views of the action list: which actions are looked at. Some are there from the start, the user keeps others.

The user's own stand in the book, so that they travel with it and Undo takes a wrong one back.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.models.book import setting
from partnerdesk.queries.joint.action_list import LATE, UNDATED, WEEK, ListedAction

KEY = "views.actions"
STALE_AFTER = timedelta(days=90)

# What a view may ask of an action's state, with its words.
STATES: Mapping[str, tuple[str, Callable[[ListedAction], bool]]] = MappingProxyType(
    {
        "open": ("Open", lambda r: r.row.is_open or r.row.is_proposed),
        "late": ("Late", lambda r: r.row.is_open and r.bucket == LATE),
        "week": ("Due this week", lambda r: r.row.is_open and r.bucket in (LATE, WEEK)),
        "undated": ("Without a day", lambda r: r.row.is_open and r.bucket == UNDATED),
        "waiting": ("Waiting", lambda r: r.row.is_open and bool(r.row.waiting)),
        "unowned": ("Without an owner", lambda r: r.row.is_open and not r.row.owner),
        "carried": ("Carried over or old", lambda r: r.row.is_open and (r.carried > 0 or r.age > STALE_AFTER.days)),
        "ended": ("Done and dropped", lambda r: not r.row.is_open and not r.row.is_proposed),
        "all": ("All", lambda r: True),
    }
)


@dataclass(frozen=True, slots=True)
class ActionView:
    """What is asked of the list; an empty text asks nothing."""

    state: str = "open"
    side: str = ""
    owner: str = ""
    partner: str = ""
    text: str = ""

    def keeps(self, row: ListedAction) -> bool:
        """Whether the view shows an action; what is typed is the table's own to look for."""
        return (
            STATES[self.state][1](row)
            and self.side in ("", row.row.side)
            and self.owner in ("", row.row.owner)
            and self.partner in ("", row.row.partner)
        )


BUILT_IN: Mapping[str, ActionView] = MappingProxyType({words: ActionView(key) for key, (words, _) in STATES.items()})


def kept_views(session: Session) -> dict[str, ActionView]:
    """The user's own views by name, as they were kept; one of a later version that is not understood is left out."""
    kept = session.scalar(select(setting.c.value).where(setting.c.key == KEY))
    found: Mapping[str, Any] = json.loads(kept) if kept else {}
    known = {f.name for f in fields(ActionView)}
    views = {name: ActionView(**{k: v for k, v in said.items() if k in known}) for name, said in found.items()}
    return {name: view for name, view in sorted(views.items()) if view.state in STATES}


def as_json(views: Mapping[str, ActionView]) -> str:
    """What stands in the book."""
    return json.dumps({name: asdict(view) for name, view in sorted(views.items())}, sort_keys=True)
