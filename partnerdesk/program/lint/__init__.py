"""What a program must not leave open: names that lead nowhere, weights and shares that do not sum, unsorted floors.

Errors stop the program; warnings (cliffs, unreachable rules) stand beside it. One file per subject.
"""

from partnerdesk.engine.problem import Problem
from partnerdesk.engine.rules import Program
from partnerdesk.engine.terms.modules import laid_over
from partnerdesk.program.lint.earnings import earnings
from partnerdesk.program.lint.examples import examples
from partnerdesk.program.lint.fiscal import fiscal
from partnerdesk.program.lint.found import Found
from partnerdesk.program.lint.funds import funds
from partnerdesk.program.lint.governance import governance
from partnerdesk.program.lint.limits import limits
from partnerdesk.program.lint.metrics import metrics
from partnerdesk.program.lint.names import names
from partnerdesk.program.lint.reach import reach
from partnerdesk.program.lint.scores import score
from partnerdesk.program.lint.settlement import settlement
from partnerdesk.program.lint.tiers import tiers
from partnerdesk.program.lint.units import units
from partnerdesk.program.places import Places

_CHECKS = (names, metrics, score, tiers, earnings, reach, limits, settlement, funds, governance, fiscal)


def lint(program: Program, file: str, places: Places) -> list[Problem]:
    """All problems of a program version, located in its text."""
    found = [*_checked(program), *examples(program)]
    for name in program.module:
        found += _of_module(program, name, found)
    return [Problem(places.place(file, path), m, r, w) for path, m, r, w in found]


def _checked(program: Program) -> list[Found]:
    found = [f for check in _CHECKS for f in check(program)]
    if all(is_warning for *_, is_warning in found):
        found += units(program)
    return found


def _of_module(program: Program, name: str, known: list[Found]) -> list[Found]:
    """What goes wrong only under a module: in its own rules, or in those that it leaves behind."""
    changed = laid_over(program, [name])
    own = tuple(f"{rule}." for rule, _ in changed.from_module)
    new = [found for found in _checked(changed) if found not in known]
    return [(f"module.{name}.{f[0]}" if f"{f[0]}.".startswith(own) else f"module.{name}", *f[1:]) for f in new]
