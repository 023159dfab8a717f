"""The message titles of a plan's sections, drafted from what the plan says; none claims more than that."""

from decimal import Decimal

from partnerdesk.reports.format import HARD_SPACE, Formats
from partnerdesk.reports.pack.words import capital, counted, listed, number_word, small
from partnerdesk.reports.plan.data import PlanDocument

_STATES = ("done", "on track", "in progress", "at risk")
_LONGEST = 92  # characters of the objectives in the first title


def opening(data: PlanDocument) -> str:
    """`2027: second product at three customers, go-lives on the planned day and two more`."""
    live = [o.title.strip().rstrip(".") for o in data.objectives if o.status != "dropped"]
    if not live:
        return f"{data.period}: what both sides want, and no objective yet"
    shown: list[str] = []
    while len(shown) < len(live) and len(", ".join([*shown, live[len(shown)]])) <= _LONGEST:
        shown.append(live[len(shown)])
    if not shown:
        return f"{data.period}: {counted(len(live), 'objective')}"
    left = len(live) - len(shown)
    told = [small(title) for title in shown] + ([f"{number_word(left)} more"] if left else [])
    return f"{data.period}: {listed(told)}"


def standing(data: PlanDocument, formats: Formats) -> str:
    found = data.standing
    parts = []
    known = [q.value for q in found.revenue if q.value is not None]
    if known:
        quarters = "quarter" if len(known) == 1 else f"{number_word(len(known))} quarters"
        parts.append(f"{formats.compact(sum(known, Decimal(0)))} in {quarters}")
    if found.tier and found.score is not None:
        parts.append(f"{found.tier} with {formats.number(found.score, 1)}{HARD_SPACE}points")
    elif found.tier:
        parts.append(found.tier)
    if found.customers:
        parts.append(f"{counted(found.customers, 'customer')} under contract")
    return f"Where we stand: {listed(parts)}" if parts else "Where we stand"


def objectives(data: PlanDocument) -> str:
    live = [o for o in data.objectives if o.status != "dropped"]
    head = capital(counted(len(live), "objective"))
    if not live:
        return "No objective is left"
    open_sides = sum(not (o.vendor_owner and o.partner_owner and o.vendor_commitment) for o in live)
    if not data.is_locked and open_sides:
        if len(live) == 1:
            return f"{head}, which lacks a commitment or a name on one side"
        count = ("both" if len(live) == 2 else "all") if open_sides == len(live) else number_word(open_sides)
        verb = "lacks" if open_sides == 1 else "lack"
        return f"{head}; {count} {verb} a commitment or a name on one side"
    states = [o.status for o in live]
    if len(live) > 1 and len(set(states)) == 1 and states[0] in _STATES:
        return f"{head}, {'both' if len(live) == 2 else 'all'} of them {states[0]}"
    told = [f"{number_word(states.count(s))} {s}" for s in _STATES if s in states]
    return f"{head}: {listed(told)}" if told else f"{head}, each with a name on both sides"


def accounts(data: PlanDocument, formats: Formats) -> str:
    gap = sum((g.gap for g in data.ground if g.gap is not None), Decimal(0))
    parts = []
    if data.accounts:
        parts.append(f"{counted(len(data.accounts), 'key account')} under joint care")
    if gap:
        parts.append(f"whitespace of {formats.compact(gap)} {data.ground_currency}")
    elif data.ground:
        parts.append(f"whitespace of {counted(len(data.ground), 'customer')}")
    return capital("; ".join(parts))


def people(data: PlanDocument) -> str:
    owned = sum(bool(d.accountable) for d in data.decisions)
    if data.decisions and owned == len(data.decisions):
        return f"{capital(counted(owned, 'decision'))}, each with one name and a time limit"
    if data.decisions:
        head, left = capital(counted(len(data.decisions), "decision")), len(data.decisions) - owned
        return f"{head}; {number_word(left)} without a name yet" if owned else f"{head}, still without a name"
    return f"{capital(counted(len(data.people), 'person', 'people'))} who carry this plan"


def risks(data: PlanDocument) -> str:
    if not data.risks:
        return "How we settle what gets stuck, and when we meet"
    told, whole = capital(counted(len(data.risks), "risk")), len(data.risks)
    graded = [(r.likelihood == "high", r.impact == "high") for r in data.risks]
    for words, count in (
        ("likely and of high impact", sum(likely and heavy for likely, heavy in graded)),
        ("of high impact", sum(heavy for _, heavy in graded)),
        ("likely", sum(likely for likely, _ in graded)),
    ):
        if count:
            return f"{told}, {_share(count, whole)}{words}"
    return told


def _share(count: int, whole: int) -> str:
    """Of how many of a whole something is said: nothing before it where there is but one."""
    if whole == 1:
        return ""
    return f"{('both' if whole == 2 else 'all') if count == whole else number_word(count)} "


def motion(data: PlanDocument) -> str:
    late = sum(p.state == "late" for p in data.promises)
    parts = [counted(len(data.steps), "step")] if data.steps else []
    if data.promises:
        parts.append(f"{counted(len(data.promises), 'promise')}{f', {number_word(late)} late' if late else ''}")
    return f"The next 90 days: {listed(parts)}"


def changes(data: PlanDocument) -> str:
    versions = sorted({change.version for change in data.changes})
    if len(versions) == 1:
        count = counted(len(data.changes), "change")
        return f"Version {versions[0]}: {count} since the version before it"
    return f"{capital(counted(len(data.changes), 'change'))} in versions {versions[0]} to {versions[-1]}"
