"""What a program must not leave open: names that lead nowhere, weights and shares that do not sum, unsorted floors.

Errors stop the program; warnings (cliffs, unreachable rules) stand beside it. One file per subject.
"""

from partnerdesk.engine.problem import Problem
from partnerdesk.engine.rules import Program
from partnerdesk.program.lint.earnings import earnings
from partnerdesk.program.lint.governance import governance
from partnerdesk.program.lint.limits import limits
from partnerdesk.program.lint.metrics import metrics
from partnerdesk.program.lint.scores import score
from partnerdesk.program.lint.settlement import settlement
from partnerdesk.program.lint.tiers import tiers
from partnerdesk.program.places import Places

_CHECKS = (metrics, score, tiers, earnings, limits, settlement, governance)


def lint(program: Program, file: str, places: Places) -> list[Problem]:
    """All problems of a program version, located in its text."""
    found = [f for check in _CHECKS for f in check(program)]
    return [Problem(f"{file}, line {places.line(path)}, {path}", m, r, w) for path, m, r, w in found]
