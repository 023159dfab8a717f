"""The columns of a plan's targets: four quarters, what measures them, and how sure anybody is."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from partnerdesk.engine.trace import name
from partnerdesk.ui.screens.partner.plan.edits import PlanEdits
from partnerdesk.ui.screens.partner.plan.shown import ShownPlan
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column

if TYPE_CHECKING:
    from partnerdesk.reports.format import Formats

LEVELS = ("", "low", "medium", "high")
QUARTERS = 4


def _value(value: Decimal | None, row: Any, formats: "Formats") -> str:
    if value is None:
        return "\N{EN DASH}"
    return formats.percent(value, 0) if row.unit == "%" else formats.number(value, 0)


def targets(tab: ShownPlan) -> list[Column]:
    """Four quarters, each with what was reached of what was set; in one piece because it is a list of columns."""
    from partnerdesk.ops.joint.plan_parts import change_target as op
    from partnerdesk.ops.joint.plan_parts import report_quarter, set_quarter

    edit, formats = PlanEdits(tab), tab.formats

    def quarter(n: int) -> Column:
        def get(row: Any) -> tuple[str, float | None] | None:
            if n >= len(row.quarters) or (row.quarters[n].value is None and row.quarters[n].actual is None):
                return None
            found = row.quarters[n]
            words = f"{_value(found.actual, row, formats)} of {_value(found.value, row, formats)}"
            is_known = found.actual is not None and found.value
            return words, float(found.actual / found.value) if is_known else None

        def why(row: Any) -> str:
            is_known = n < len(row.quarters) and row.source == "auto" and row.quarters[n].actual is not None
            return name("metric", row.metric, row.quarters[n].quarter) if is_known else ""

        edits = edit.quarter(set_quarter, report_quarter, n)
        return Column(
            f"q{n}",
            f"Q{n + 1}",
            get,
            kind=kinds.PROGRESS,
            width=118,
            edit=edits,
            says=f"Q{n + 1}, actual of target",
            figure=why,
        )

    return [
        Column(
            "label",
            "Target",
            lambda r: (r.label, "from the figures" if r.source == "auto" else "kept by hand"),
            kind=kinds.NAME,
            width=190,
            edit=edit.text(op, "label", "target"),
        ),
        Column("unit", "Unit", lambda r: r.unit, kind=kinds.MUTED, width=88, edit=edit.text(op, "unit", "unit")),
        Column(
            "baseline",
            "Baseline",
            lambda r: _value(r.baseline, r, formats),
            width=84,
            edit=edit.amount(op, "baseline", "baseline"),
        ),
        *(quarter(n) for n in range(QUARTERS)),
        Column(
            "weight",
            "Weight",
            lambda r: r.weight,
            lambda w: formats.percent(w, 0),
            kinds.NUMBER,
            66,
            edit=edit.amount(op, "weight", "weight", share=True),
        ),
        Column(
            "confidence",
            "Confidence",
            lambda r: r.confidence.capitalize(),
            width=92,
            edit=edit.choice(op, "confidence", "confidence", LEVELS),
        ),
        _measured(tab, edit, op),
    ]


def _measured(tab: ShownPlan, edit: PlanEdits, op: Any) -> Column:
    """Which metric of the program measures a target; nothing where a person keeps it."""
    view = tab.view
    names = dict(view.measures) if view is not None else {}
    return Column(
        "metric",
        "Measured by",
        lambda r: names.get(r.metric, r.metric) if r.source == "auto" else "by hand",
        kind=kinds.MUTED,
        width=146,
        edit=edit.measured(op, names),
    )
