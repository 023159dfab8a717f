"""Views of the action list: which actions are looked at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from partnerdesk.queries.joint.action_list import LATE, UNDATED, WEEK, ListedAction
from partnerdesk.queries.views import ViewSet

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
ACTION_VIEWS = ViewSet("views.actions", ActionView, BUILT_IN, lambda view: view.state in STATES)
