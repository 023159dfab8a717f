"""Views of the list of deals: which deals are looked at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from partnerdesk.queries.pipeline.deal_list import ListedDeal
from partnerdesk.queries.views import ViewSet

# What a view may ask of a deal's state, with its words.
STATES: Mapping[str, tuple[str, Callable[[ListedDeal], bool]]] = MappingProxyType(
    {
        "open": ("Open", lambda r: r.is_open),
        "late": ("Past their day", lambda r: r.days_late > 0),
        "quarter": ("Closing this quarter", lambda r: r.closes_this_quarter),
        "slipped": ("Slipped", lambda r: r.is_open and r.slips > 0),
        "stepless": ("Without a next step", lambda r: r.is_open and not r.deal.next_step),
        "unowned": ("Without an owner", lambda r: r.is_open and not r.deal.owner),
        "won": ("Won", lambda r: r.deal.status == "won"),
        "lost": ("Lost", lambda r: r.deal.status == "lost"),
        "all": ("All", lambda r: True),
    }
)


@dataclass(frozen=True, slots=True)
class DealsView:
    """What is asked of the list; an empty text asks nothing."""

    state: str = "open"
    stage: str = ""
    owner: str = ""
    partner: str = ""
    text: str = ""

    def keeps(self, row: ListedDeal) -> bool:
        """Whether the view shows a deal; what is typed is the table's own to look for."""
        return (
            STATES[self.state][1](row)
            and self.stage in ("", row.deal.stage)
            and self.owner in ("", row.deal.owner_name)
            and self.partner in ("", row.deal.partner)
        )


BUILT_IN: Mapping[str, DealsView] = MappingProxyType({words: DealsView(key) for key, (words, _) in STATES.items()})
DEAL_VIEWS = ViewSet("views.deals", DealsView, BUILT_IN, lambda view: view.state in STATES)
