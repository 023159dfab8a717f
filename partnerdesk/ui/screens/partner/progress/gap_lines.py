"""The enablement gaps of a partner as lines: what is missing for whom, how it is closed, and what runs out."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.engine.trace import name
from partnerdesk.ui.screens.partner.progress.standing import shown_value
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.widgets.number import Number
from partnerdesk.ui.widgets.status import Status
from partnerdesk.ui.widgets.text import Label, LineLabel

if TYPE_CHECKING:
    from partnerdesk.queries.enablement.gaps import EnablementGap
    from partnerdesk.reports.format import Formats

NAMED = 3  # routes and people that a line names; the rest is counted
Act = tuple[str, Callable[["EnablementGap"], object]]


def gap_title(gap: "EnablementGap", formats: "Formats") -> str:
    """What is missing, and for what: Gold: certified people, 1 more."""
    what = gap.requirement[:1].lower() + gap.requirement[1:]
    asks = f"Stage {gap.name}" if gap.asks == "stage" else gap.name
    if gap.met:
        return f"{asks} is at risk: {what}"
    if gap.value is None:
        return f"{asks}: {what}"
    return f"{asks}: {what}, {shown_value(gap.missing, gap.unit, formats)} more"


def gap_ways(gap: "EnablementGap") -> str:
    """Which certificates or sessions close it, and who could be the soonest; nothing to close where it is met."""
    if gap.met:
        return ""
    counted = _routes(gap) or list(gap.sessions)
    people = [f"{c.person} {'renews' if c.is_renewal else 'takes'} {c.step}" for c in gap.candidates]
    found = [(words, named) for words, named in (("Counts", counted), ("Soonest", people)) if named]
    return ". ".join(f"{words}: {_listed(named)}" for words, named in found)


def _routes(gap: "EnablementGap") -> list[str]:
    """Each certificate once, with the pathways that lead to it."""
    ways: dict[str, list[str]] = {}
    for route in gap.routes:
        ways.setdefault(route.certificate, []).append(route.pathway)
    found = []
    for title, names in ways.items():
        named = ", ".join(name for name in names if name)
        found.append(f"{title}, pathway{'s' if len(names) > 1 else ''} {named}" if named else title)
    return found


def gap_losses(gap: "EnablementGap", formats: "Formats") -> str:
    """What runs out within half a year, and what is left then."""
    if not gap.expiring:
        return ""
    named = _listed([f"{h.person} {formats.short_day(h.expires)}" for h in gap.expiring if h.expires])
    left = [(90, gap.left_90), (180, gap.left_180)]
    said = [f"{shown_value(value, gap.unit, formats)} in {days} days" for days, value in left if value is not None]
    return f"Runs out: {named}. Without renewal {', '.join(said)}" if said else f"Runs out: {named}"


def gap_line(gap: "EnablementGap", formats: "Formats", acts: tuple[Act, ...] = ()) -> QWidget:
    """One gap: title with value of needed, below it how it is closed, and verbs at the right."""
    widget, px = QWidget(), theme().px
    row = QHBoxLayout(widget)
    row.setContentsMargins(0, px(4), 0, px(4))
    row.setSpacing(px(12))
    glyph = Status("info" if gap.met else "warn", "")
    glyph.setAccessibleName("met today" if gap.met else "missing")
    words = QVBoxLayout()
    words.setSpacing(px(1))
    words.addWidget(LineLabel(gap_title(gap, formats), "name"))
    for text in (gap_ways(gap), gap_losses(gap, formats)):
        if text:
            words.addWidget(Label(text, "small", "muted", wrap=True))
    row.addWidget(glyph, 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(words, 1)
    row.addWidget(_value(gap, formats))
    for verb, then in acts:
        button = Button(verb, partial(then, gap), inner=True)
        button.setAccessibleName(f"{verb} {gap_title(gap, formats)}")
        row.addWidget(button)
    return widget


def _value(gap: "EnablementGap", formats: "Formats") -> QWidget:
    needed = shown_value(gap.needed, gap.unit, formats)
    figure = name("metric", gap.metric, gap.period) if gap.period and gap.value is not None else ""
    said = f"{shown_value(gap.value, gap.unit, formats)} of {needed}" if gap.value is not None else f"of {needed}"
    number = Number(said, figure, label=gap.requirement, role="body", align=brush.RIGHT)
    number.setMinimumWidth(theme().px(72))
    return number


def _listed(named: list[str]) -> str:
    more = len(named) - NAMED
    return "; ".join(named[:NAMED]) + (f"; and {more} more" if more > 0 else "")
