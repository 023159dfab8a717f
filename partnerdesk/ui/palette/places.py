"""Where a hit of the search is opened: the page, tab and sub-page that show it."""

from typing import TYPE_CHECKING

from partnerdesk.ui.screens.base import Place

if TYPE_CHECKING:
    from partnerdesk.queries.search import Hit

# The segment of Deals & renewals that shows a kind of hit.
SEGMENTS = {"deal": "deals", "contract": "renewals"}
# The tab of the partner that shows a kind of hit.
TABS = {
    "partner": "",
    "person": "overview",
    "note": "history",
    "plan": "plan",
    "statement": "earnings",
    "dispute": "earnings",
    "agreement": "history",
}
# The sub-page of the plan that shows a block.
BLOCKS = {
    "objective": "objectives",
    "plan": "thesis",
    "plan_target": "targets",
    "decision_right": "decisions",
    "risk": "risks",
    "stakeholder": "people",
    "whitespace_cell": "whitespace",
    "motion": "motion",
}
# The part of Playbooks that shows a kind of hit.
PARTS = {"playbook": "offered", "run": "running", "pathway": "pathways", "library": "library"}


def place_of(hit: "Hit") -> Place:
    """The place that shows a hit."""
    if hit.kind == "review":
        return Place("reviews", hit.id)
    if hit.kind == "action":
        return Place("actions", "", "actions", f"#{hit.id}")
    if hit.kind in SEGMENTS:
        return Place("deals", "", SEGMENTS[hit.kind], f"#{hit.id}")
    if hit.kind == "fund":
        return Place("funds", hit.partner or "")
    if hit.kind == "rule":
        return Place("program", "", "rules", hit.id)
    if hit.kind in PARTS:
        key = f"own-{hit.id}" if hit.kind == "playbook" and hit.id.isdecimal() else hit.id
        return Place("actions", "", "playbooks", f"{PARTS[hit.kind]}#{key}")
    sub = {"plan": BLOCKS.get(hit.table, ""), "statement": hit.id, "agreement": "agreement"}.get(hit.kind, "")
    return Place("partners", hit.partner or "", TABS[hit.kind], sub)
