"""An accepted proposal is written by the op that a person's own edit would use, so that the same rules hold."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.models.plans import action, objective
from partnerdesk.ops import edits
from partnerdesk.ops.joint import actions, plan_governance, plan_parts
from partnerdesk.ops.joint.parts import living_plan
from partnerdesk.ops.joint.plan_whitespace import set_cell
from partnerdesk.ops.joint.plans import change_plan
from partnerdesk.ops.plan.contents import Kept
from partnerdesk.ops.plan.layout import REPORT, Block, Field
from partnerdesk.ops.plan.reading import value_of
from partnerdesk.queries.joint.plan_content import PlanRow

Op = Callable[..., Any]

_CHANGE: Mapping[str, Op] = {
    "target": plan_parts.change_target,
    "objective": plan_parts.change_objective,
    "account": plan_governance.change_account,
    "person": plan_governance.change_stakeholder,
    "decision": plan_parts.change_decision,
    "risk": plan_parts.change_risk,
    "level": plan_governance.change_level,
    "meeting": plan_governance.change_rhythm,
    "step": plan_governance.change_motion,
    "promise": actions.change_action,
}
_ADD: Mapping[str, Op] = {
    "target": plan_parts.add_target,
    "objective": plan_parts.add_objective,
    "account": plan_governance.add_account,
    "person": plan_governance.add_stakeholder,
    "decision": plan_parts.add_decision,
    "risk": plan_parts.add_risk,
    "meeting": plan_governance.add_rhythm,
    "step": plan_governance.add_motion,
}
_REASONED = ("at risk", "dropped")


@dataclass(frozen=True, slots=True)
class Accepting:
    """A proposal on its way into a plan. `siblings` are the other fields that the same file proposes for the row."""

    plan: PlanRow
    block: Block
    row: Kept | None
    field: str
    theirs: str
    siblings: Mapping[str, str]
    on: date

    @property
    def of(self) -> Field:
        found = self.block.field(self.field)
        if found is None:
            raise Refused(f"A {self.block.noun} has no “{self.field}” any more.", "Refuse the proposal.")
        return found

    @property
    def value(self) -> Any:
        return value_of(self.of, self.theirs)

    @property
    def id(self) -> int:
        """The row's id; the applied change is about a row that is there."""
        if self.row is None:
            raise Refused(f"This {self.block.noun} is not in the plan any more.")
        return int(self.row.key)

    def said(self, field: str) -> str:
        """What the file says of another field of the row, else what the plan says."""
        return self.siblings.get(field, self.row.values.get(field, "") if self.row else "")


def apply(session: Session, one: Accepting) -> None:
    """Writes one proposal. Raises Refused as the op of an own edit does."""
    if not one.field:
        _add(session, one)
    elif one.block.key == "plan":
        change_plan(session, one.plan.id, {}, **{one.field: one.value})
    elif one.block.key == "cell":
        _cell(session, one)
    elif one.block.key == "promise" and one.field in ("status", "outcome"):
        _promise(session, one, one.id)
    elif ":" in one.field:
        _quarter(session, one)
    elif one.block.key == "objective" and one.of.when == REPORT:
        _report(session, one, one.id)
    elif one.field == "done_on":
        plan_governance.report_motion(session, one.id, done_on=one.value)
    else:
        _CHANGE[one.block.key](session, one.id, {}, **{one.field: one.value})


def _quarter(session: Session, one: Accepting) -> None:
    kind, _, label = one.field.partition(":")
    if kind == "value":
        plan_parts.set_quarter(session, one.id, label, value=one.value)
    else:
        plan_parts.report_quarter(session, one.id, label, actual=one.value)


def _cell(session: Session, one: Accepting) -> None:
    if one.row is None:
        raise Refused("This cell of the whitespace is not open any more.")
    at = one.row.at
    said = {one.field: one.value}
    set_cell(session, one.plan.id, at["customer"], at["product"], axis=at["axis"], currency=at["currency"], **said)


def _report(session: Session, one: Accepting, id: int) -> None:
    """How an objective goes; a state that needs a reason takes the one of the same file."""
    if one.field == "status":
        reason = one.said("reason") if one.theirs in _REASONED else one.row.values["reason"] if one.row else ""
        plan_parts.report_objective(session, id, status=one.theirs, reason=reason)
        return
    row = edits.present(session, objective, id, "objective")
    living_plan(session, row["plan"])
    if one.field == "reason" and not one.theirs and row["status"] in _REASONED:
        raise Refused(f"An objective that is {row['status']} needs a reason.")
    edits.change(session, objective, row, "objective", {}, {one.field: one.value})


def _promise(session: Session, one: Accepting, id: int) -> None:
    """What became of an action; its outcome comes with its state."""
    if one.field == "status":
        if one.theirs == "done":
            actions.complete_action(session, id, on=one.on, outcome=one.said("outcome"))
        elif one.theirs == "dropped":
            actions.drop_action(session, id, on=one.on, reason=one.said("outcome"))
        else:
            actions.reopen_action(session, id)
        return
    row = edits.present(session, action, id, "action")
    edits.change(session, action, row, "action", {}, {"outcome": one.theirs})


def _add(session: Session, one: Accepting) -> None:
    """A new row: first what an own new row takes, then how it goes."""
    given: dict[str, str] = json.loads(one.theirs)
    reported = {"objective": ("actual", "status", "reason"), "step": ("done_on",), "promise": ("status", "outcome")}
    later = {name: given.pop(name) for name in tuple(given) if name in reported.get(one.block.key, ()) or ":" in name}
    values = {name: value_of(_field(one.block, name), text) for name, text in given.items()}
    if one.block.key == "promise":
        values = {"side": "partner"} | values
        id = actions.add_action(session, one.plan.partner, on=one.on, plan=one.plan.id, **values)
    else:
        values = ({"side": "partner"} if one.block.key == "step" else {}) | values
        id = _ADD[one.block.key](session, one.plan.id, **values)
    row = Kept(str(id), dict.fromkeys(later, ""))
    for name, text in later.items():
        apply(session, Accepting(one.plan, one.block, row, name, text, later, one.on))


def _field(block: Block, name: str) -> Field:
    found = block.field(name)
    if found is None:
        raise Refused(f"A {block.noun} has no “{name}” any more.", "Refuse the proposal.")
    return found
