"""The blocks of a plan as its sub-pages show them: columns, words, and the ops that add and remove a row.

A sub-page holds one block or several under each other. A block that is `living` changes in an agreed plan as well.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from partnerdesk.ui.screens.partner.plan import columns as plan_columns
from partnerdesk.ui.screens.partner.plan import governance_columns as plan_governance_columns
from partnerdesk.ui.screens.partner.plan import people_columns as plan_people_columns
from partnerdesk.ui.screens.partner.plan import target_columns as plan_target_columns
from partnerdesk.ui.screens.partner.plan.shown import ShownPlan

if TYPE_CHECKING:
    from partnerdesk.queries.joint.plans import PlanView
    from partnerdesk.ui.table.model import Column

Adds = Callable[["PlanView", date], dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """`op` is a name in `module` of `ops.joint`; `new` are the fields of a new row, to be written over."""

    title: str
    noun: str
    columns: "Callable[[ShownPlan], list[Column]]"
    note: "Callable[[PlanView], str]"
    module: str = "plan_governance"
    op: str = ""
    takes_out: str = ""
    new: Adds = lambda _view, _today: {}
    two_lines: bool = False
    living: bool = False
    about: str = "Nothing is written down here."

    @property
    def verb(self) -> str:
        """What adds a row; nothing where rows come from elsewhere."""
        return f"Add {self.noun}" if self.op else ""


def _targets(count: int) -> str:
    return "by quarter: actual of target" if count > 2 else "of three to five, by quarter: actual of target"


def _many(count: int, words: str = "") -> str:
    return f"{count}{', ' if words else ''}{words}"


BLOCKS: Mapping[str, Block] = MappingProxyType(
    {
        "objectives": Block(
            title="Objectives",
            noun="objective",
            columns=plan_columns.objectives,
            note=lambda v: _many(len(v.objectives), "each with a commitment on both sides"),
            module="plan_parts",
            op="add_objective",
            takes_out="remove_objective",
            new=lambda _v, _d: {"title": "New objective"},
            two_lines=True,
            about="What both sides set out to do, with what each of them commits to.",
        ),
        "targets": Block(
            title="Targets",
            noun="target",
            columns=plan_target_columns.targets,
            note=lambda v: _many(len(v.targets), _targets(len(v.targets))),
            module="plan_parts",
            op="add_target",
            takes_out="remove_target",
            new=lambda _v, _d: {"label": "New target"},
            two_lines=True,
            about="Three to five figures that tell whether the plan works; the program measures what it can.",
        ),
        "decisions": Block(
            title="Decision rights",
            noun="decision",
            columns=plan_columns.decisions,
            note=lambda _v: "one name decides",
            module="plan_parts",
            op="add_decision",
            takes_out="remove_decision",
            new=lambda _v, _d: {"decision": "New decision"},
        ),
        "actions": Block(
            title="Actions",
            noun="action",
            columns=plan_columns.actions,
            about="What both sides do for this plan, with owner and day; it stands under Plans & actions, too.",
            note=lambda v: _many(len(v.actions), "from this plan"),
            module="actions",
            op="add_action",
            living=True,
        ),
        "people": Block(
            title="Stakeholders",
            noun="person",
            columns=plan_people_columns.people,
            note=lambda _v: "who counts, and how well we know them; stays in this book",
            op="add_stakeholder",
            takes_out="remove_stakeholder",
            new=lambda v, _d: {"name": _free("New person", {p.name for p in v.people})},
            living=True,
            about="Who counts on each side, how much, and when anybody last spoke to them.",
        ),
        "accounts": Block(
            title="Key accounts",
            noun="key account",
            columns=plan_people_columns.accounts,
            note=lambda _v: "an owner on each side",
            op="add_account",
            takes_out="remove_account",
            new=lambda _v, _d: {"name": "New key account"},
            two_lines=True,
            about="Customers that both sides look after together.",
        ),
        "risks": Block(
            title="Risks and escalations",
            noun="risk",
            columns=plan_columns.risks,
            note=lambda v: _many(len(v.risks)),
            module="plan_parts",
            op="add_risk",
            takes_out="remove_risk",
            new=lambda _v, _d: {"text": "New risk"},
        ),
        "escalations": Block(
            title="Escalated",
            noun="escalation",
            columns=plan_governance_columns.escalations,
            note=lambda v: f"{sum(e.is_open for e in v.escalations)} open; one level up when the clock runs out",
            about="Select a risk and escalate it; its clock starts at the first level of the ladder.",
        ),
        "ladder": Block(
            title="Ladder",
            noun="level",
            columns=plan_governance_columns.ladder,
            note=lambda _v: "who settles it, within how many days",
            op="add_level",
            about="Three levels: account managers, directors, sponsors.",
        ),
        "motion": Block(
            title="90 days",
            noun="line",
            columns=plan_governance_columns.motion,
            note=lambda v: f"{len(v.motion)} of 10 lines, week by week",
            op="add_motion",
            takes_out="remove_motion",
            new=lambda _v, today: {"text": "New line", "week": today},
            about="What happens in the next three months, week by week, in ten lines at most.",
        ),
        "rhythm": Block(
            title="Rhythm",
            noun="meeting",
            columns=plan_governance_columns.rhythm,
            note=lambda _v: "what is looked at where",
            op="add_rhythm",
            takes_out="remove_rhythm",
            new=lambda _v, _d: {"meeting": "New meeting"},
            about="Which meetings there are, how often, and what is looked at in each.",
        ),
        "attachments": Block(
            title="Files and pages",
            noun="file or page",
            columns=plan_governance_columns.attachments,
            note=lambda _v: "by reference; nothing is opened unasked",
            op="add_attachment",
            takes_out="remove_attachment",
            new=lambda _v, today: {"title": "New file", "place": "path or address", "on": today},
            living=True,
            about="Where the signed plan, the slides and the architecture lie.",
        ),
    }
)

# What stands on a sub-page, from top to bottom.
PAGES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "objectives": ("objectives",),
        "targets": ("targets", "attachments"),
        "decisions": ("decisions",),
        "actions": ("actions",),
        "people": ("people", "accounts"),
        "risks": ("risks", "escalations", "ladder"),
        "motion": ("motion", "rhythm"),
    }
)
PAGE_OF = {block: page for page, blocks in PAGES.items() for block in blocks}
PAGE_OF |= {"thesis": "thesis", "whitespace": "whitespace"}


def _free(name: str, taken: set[str]) -> str:
    """A name that nobody has yet."""
    numbered = (f"{name} {n}" for n in range(2, len(taken) + 3))
    return name if name not in taken else next(other for other in numbered if other not in taken)
