"""Why a rule that pays at the end of a period has no line for one: nothing else of that period says it, because no fact
was left out. Worked out when somebody asks; no statement holds these words.
"""

from partnerdesk.engine.earnings.lines import line_at
from partnerdesk.engine.earnings.plans import Plan, plans_of
from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.terms.earnings import Event
from partnerdesk.engine.terms.triggers import PERIOD_END
from partnerdesk.engine.tiers.eligibility import barred
from partnerdesk.engine.world.world import MissingRate


def why_idle(reckoning: Reckoning[N], line: str) -> str:
    """Why there is no such line (rebate:2026Q3), in words that follow its name; "" where no rule has such a period."""
    for plan in plans_of(reckoning, reckoning.first):
        terms = plan.terms
        if terms.rule.on == PERIOD_END and line.startswith(f"{terms.name}:"):
            for event in terms.period_ends(plan.first, min(plan.last, terms.version.last)):
                if event.line == line:
                    return _why(reckoning, plan, event)
    return ""


def _why(reckoning: Reckoning[N], plan: Plan, event: Event) -> str:
    version = plan.terms.version
    if version.has_gate and (reason := barred(reckoning, version, event.day)):
        return reason
    try:
        line = line_at(reckoning, plan, event, {}, None)
    except MissingRate as missing:
        return str(missing)
    if line is None:
        return "there is nothing that it is paid on"
    return line if isinstance(line, str) else ""
