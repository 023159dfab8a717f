"""Who takes part: the condition to join, and the gate that must hold to earn; what happens while it does not."""

from dataclasses import dataclass
from datetime import date

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.period import Period
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.rules import Gate
from partnerdesk.engine.terms.versions import Version
from partnerdesk.engine.tiers.needs import met


@dataclass(frozen=True, slots=True)
class Resolution:
    """When and how something that is held ends its wait: released or forfeited on `day`, or still open until `due`."""

    day: date | None
    kind: str
    due: date | None
    condition: str
    why: str = ""  # of a forfeiture: what did not hold


def takes_part(reckoning: Reckoning[N], period: Period) -> bool:
    """Whether the program is for the partner in a period."""
    if not reckoning.terms.has_join:
        return True
    version = reckoning.terms.at_end(period)
    join = version.program.eligibility.join
    return join is None or met(reckoning, version, join, period)


def barred(reckoning: Reckoning[N], version: Version, day: date) -> str:
    """Why nothing is earned on a day under a version; empty where earning is open, or suspended and held."""
    join, gate = version.program.eligibility.join, version.program.eligibility.earn
    if join is not None and not met(reckoning, version, join, reckoning.terms.statement_period(day)):
        return "the program is not for this partner"
    if gate is None or gate.otherwise == "suspend":
        return ""
    period = reckoning.calendar.at(day, gate.every)
    if met(reckoning, version, gate.when, period):
        return ""
    return f"{_condition(gate)} is not met in {period}"


def suspended(reckoning: Reckoning[N], version: Version, day: date) -> Resolution | None:
    """Until when what was earned on a day is held: to the end of the first later period in which the gate holds."""
    gate = version.program.eligibility.earn
    if gate is None or gate.otherwise != "suspend":
        return None
    calendar = reckoning.calendar
    period = calendar.at(day, gate.every)
    if met(reckoning, version, gate.when, period):
        return None
    words = f"until {_condition(gate)} is met again"
    period = calendar.after(period)
    while period.end <= reckoning.as_of:
        if met(reckoning, version, gate.when, period):
            return Resolution(period.end, "release", period.end, words)
        period = calendar.after(period)
    return Resolution(None, "", None, words)


def _condition(gate: Gate) -> str:
    return gate.says or "the condition to earn"
