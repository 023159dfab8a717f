"""Lines that are rounded together: the sum of an earning's lines in a statement is rounded, and the lines add up."""

from collections import defaultdict
from datetime import date

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.outcome import EarningLine
from partnerdesk.engine.reckoning import Reckoning


def spread(reckoning: Reckoning[N], lines: list[EarningLine[N]]) -> list[EarningLine[N]]:
    """The lines, with those of versions that round the total rounded by earning and statement."""
    if not reckoning.terms.rounds_totals:
        return lines
    versions = {v.program.effective_from: v for v in reckoning.terms.versions if v.program.rounding.point == "total"}
    groups: dict[tuple[date, str, str], list[int]] = defaultdict(list)
    for i, line in enumerate(lines):
        if line.rule.effective_from in versions:
            groups[line.rule.effective_from, line.rule.key, line.period.label].append(i)
    found = list(lines)
    for (day, _, _), places in groups.items():
        rounding = versions[day].program.rounding
        parts = [lines[i].computed for i in places]
        amounts = reckoning.arithmetic.spread(parts, rounding.decimals, rounding.mode)
        for i, amount in zip(places, amounts, strict=True):
            found[i] = lines[i]._replace(computed=amount, amount=amount)
    return found
