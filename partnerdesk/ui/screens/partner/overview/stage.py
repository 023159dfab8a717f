"""The stage of a partner's life in the program, and what waits there."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from partnerdesk.engine.outcome import CURRENT
from partnerdesk.ui.screens.partner.progress.standing import shown_value

if TYPE_CHECKING:
    from partnerdesk.engine.outcome import Requirement, StageView
    from partnerdesk.reports.format import Formats


def current_stage(stages: "Sequence[StageView[Decimal]]") -> "tuple[int, StageView[Decimal]] | None":
    """The stage that the partner is in and its number from 1; None where all are done."""
    return next(((n, view) for n, view in enumerate(stages, 1) if view.state == CURRENT), None)


def beside(view: "StageView[Decimal]") -> list[str]:
    """What the stage consists of and what pays for it, as sentences; its milestones only where they do not wait."""
    said = []
    if view.requirement is not None and view.milestones:
        said.append(f"Milestones: {'; '.join(view.milestones)}.")
    if view.incentive:
        said.append(f"Pays: {'; '.join(view.incentive)}.")
    return said


def waiting(view: "StageView[Decimal]", formats: "Formats") -> list[tuple[str, str, str]]:
    """What is still asked for: words, kind of status, what is there of it. The milestones where nothing is asked."""
    if view.requirement is None:
        return [(words, "", "") for words in view.milestones]
    return [(need.text, "good" if need.met else "warn", _measured(need, formats)) for need in _single(view.requirement)]


def _single(need: "Requirement[Decimal]") -> "Iterator[Requirement[Decimal]]":
    """The requirements without parts of their own."""
    if not need.parts:
        yield need
    for part in need.parts:
        yield from _single(part)


def _measured(need: "Requirement[Decimal]", formats: "Formats") -> str:
    if need.needed is None:
        return "met" if need.met else "not met"
    value, needed = (shown_value(number, need.unit, formats) for number in (need.value, need.needed))
    return f"{value} of {needed}" if need.value is not None else f"not evaluated, {needed} needed"
