"""Views of the renewals: which ones are looked at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from partnerdesk.queries.pipeline.renewal_calendar import ListedRenewal
from partnerdesk.queries.pipeline.renewal_signs import HIGH, LOW, SOON
from partnerdesk.queries.views import ViewSet

# What a view may ask of a renewal's state, with its words.
STATES: Mapping[str, tuple[str, Callable[[ListedRenewal], bool]]] = MappingProxyType(
    {
        "open": ("Open", lambda r: r.is_open),
        "risk": ("At high risk", lambda r: r.is_open and r.band == HIGH),
        "watch": ("High and medium risk", lambda r: r.is_open and r.band != LOW),
        "notice": ("Notice date passed", lambda r: r.is_notice_past),
        "soon": ("Within 90 days", lambda r: r.is_open and r.days <= SOON),
        "unowned": ("Without an owner", lambda r: r.is_open and not r.contract.owner),
        "unprepared": ("Without a joint action", lambda r: r.is_open and not r.actions),
        "decided": ("Decided in 90 days", lambda r: not r.is_open),
        "all": ("All", lambda r: True),
    }
)


@dataclass(frozen=True, slots=True)
class RenewalsView:
    """What is asked of the list; an empty text asks nothing."""

    state: str = "open"
    owner: str = ""
    partner: str = ""
    text: str = ""

    def keeps(self, row: ListedRenewal) -> bool:
        """Whether the view shows a renewal; what is typed is the table's own to look for."""
        return (
            STATES[self.state][1](row)
            and self.owner in ("", row.contract.owner_name)
            and self.partner in ("", row.contract.partner)
        )


BUILT_IN: Mapping[str, RenewalsView] = MappingProxyType({w: RenewalsView(key) for key, (w, _) in STATES.items()})
RENEWAL_VIEWS = ViewSet("views.renewals", RenewalsView, BUILT_IN, lambda view: view.state in STATES)
