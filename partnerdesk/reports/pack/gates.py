"""The gates of the next tier, as a checklist beside the score: met, not met, or not evaluated, each with its figure.

Points alone do not make a tier, so the gates stand on the page of the score. Whether they are met is the engine's
to say.
"""

from dataclasses import replace

from partnerdesk.reports.format import Formats
from partnerdesk.reports.look import CELL, CELL_BOLD, CELL_MUTED, SUB
from partnerdesk.reports.marks import glyph
from partnerdesk.reports.pack import words
from partnerdesk.reports.pack.data import Gate, ScoreView
from partnerdesk.reports.page import MM, Paper, Span, wrapped
from partnerdesk.reports.page.blocks import heading
from partnerdesk.reports.page.paper import baseline
from partnerdesk.reports.page.table import GLYPH
from partnerdesk.reports.page.text import line_width

_PAD = 1.37
_INDENT = 4 * MM  # of each level of a group


def draw_gates(
    paper: Paper, x: float, top: float, width: float, bottom: float, score: ScoreView, formats: Formats
) -> float:
    """Draws the checklist and returns its bottom; gates that have no room are counted in one line."""
    count = words.counted(sum(not g.depth for g in score.gates), "gate")
    sub = f"Checked at {formats.day(score.check_day)}" if score.check_day else "Besides the score"
    top = heading(paper, x, top, width, f"{score.next_tier} also needs {count}", sub)
    limit = bottom - SUB.leading - 2 * MM
    for n, gate in enumerate(score.gates):
        height = _gate_height(gate, width, formats)
        if top + height > limit and n < len(score.gates) - 1:
            more = f"{len(score.gates) - n} more in the program guide"
            return paper.paragraph(x, top + 1 * MM, width, more, SUB)
        group = next((g for g in reversed(score.gates[:n]) if g.depth < gate.depth), None)
        _gate(paper, x, top, width, gate, formats, matters=group is None or not group.met)
        top += height
        paper.rule(x, x + width, top)
    return top


def _gate_parts(gate: Gate, width: float, formats: Formats) -> tuple[float, str, float]:
    """The indent of the text, what stands at the right, and the room for the text."""
    indent = GLYPH + 1.4 * MM + gate.depth * _INDENT
    state = _state(gate, formats)
    return indent, state, width - indent - line_width((Span(state, CELL_BOLD),)) - 2.2 * MM


def _gate_height(gate: Gate, width: float, formats: Formats) -> float:
    _, _, room = _gate_parts(gate, width, formats)
    return len(wrapped(gate.text, CELL_BOLD, room)) * CELL.leading + 2 * _PAD * MM


def _gate(paper: Paper, x: float, top: float, width: float, gate: Gate, formats: Formats, *, matters: bool) -> None:
    """A gate with its glyph; one of a group that is met already does not matter any more and stays quiet."""
    indent, state, room = _gate_parts(gate, width, formats)
    top += _PAD * MM
    name = "met" if gate.met else "unknown" if gate.missing or not matters else "not_met"
    paper.shapes(x + gate.depth * _INDENT, top + CELL.leading / 2 - GLYPH / 2, glyph(name, GLYPH))
    role = CELL_BOLD if matters and not gate.met else CELL
    for n, line in enumerate(paper.broken(gate.text, role, room)):
        paper.line_at(x + indent, baseline(top + n * role.leading, role), line, (x + indent, x + indent + room))
    quiet = gate.met or gate.missing or not matters
    shown = CELL_MUTED if quiet else replace(CELL_BOLD, colour="bad")
    paper.text(x + width, top, state, shown, align="right", room=(x + indent + room, x + width))


def _state(gate: Gate, formats: Formats) -> str:
    """`412k, met`, `1 of 2, by 31 Dec`, or that it is not evaluated."""
    if gate.missing or (gate.value is None and gate.needed is not None and not gate.met):
        return words.NOT_EVALUATED
    if gate.value is None:  # a group, whose parts stand below it
        return "met" if gate.met else "not met"
    value = words.quantity(formats, gate.value, gate.unit)
    if gate.met:
        return f"{value}, met"
    needed = f" of {words.quantity(formats, gate.needed, gate.unit)}" if gate.needed is not None else ""
    by = f", by {formats.short_day(gate.by)}" if gate.by else ""
    return f"{value}{needed}{by}"
