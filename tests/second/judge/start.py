"""When a partner's history begins."""

from dataclasses import replace
from datetime import date

from partnerdesk.engine.rules import Program
from tests.second.judge.book import Case, mine, usual_day
from tests.second.judge.days import ONE_DAY
from tests.second.judge.tree import cases_of
from tests.second.judge.triggers import trigger_of
from tests.second.judge.versions import begins

BUSINESS = ("deal", "contract", "transaction", "deployment", "payment", "adjustment")


def first_business_day(case: Case) -> date | None:
    days = [day for kind in BUSINESS for row in mine(case, kind) if (day := usual_day(kind, row))]
    return min(days, default=None)


def history_starts(case: Case) -> date | None:
    """The day the partner joined, or its first business where that is not known."""
    return case.partner.joined or first_business_day(case)


def first_counted(case: Case) -> date | None:
    """The first day of a fact that a metric of the version counts, the partner's own or one of another partner's."""
    metrics = [metric for metric in case.program.metric.values() if metric.of not in ("", "earning", "tier_held")]
    found = [
        getattr(row, metric.day) if metric.day else usual_day(metric.of, row)
        for metric in metrics
        for one in cases_of(case, metric.whose)
        for row in mine(one, metric.of)
    ]
    return min((day for day in found if day), default=None)


def first_day(case: Case) -> date:
    """The day on which a partner begins: it joined, or its first fact, whichever came first."""
    found = [begun(case, case.versions[0])]
    found += [max(begun(case, version), begins(version, case.as_of)) for version in _later(case)]
    return min(found)


def begun(case: Case, version: Program) -> date:
    """Since when a partner is there under a version: it joined, or the first fact that this or an earlier one sees."""
    return min(_first_seen(case, version), case.partner.joined or case.as_of, case.as_of)


def first_period(case: Case) -> date:
    """The first day of a partner's periods: of its first fact that a version sees in its own days."""
    found = [max(_first_seen(case, case.versions[0]), case.versions[0].effective_from)]
    found += [max(_first_seen(case, version), begins(version, case.as_of)) for version in _later(case)]
    return min([*found, case.as_of])


def _later(case: Case) -> list[Program]:
    """The versions after the first that are in force on any day."""
    found = []
    for number, version in enumerate(case.versions[1:], 1):
        ends = [begins(later, case.as_of) - ONE_DAY for later in case.versions[number + 1 :]]
        if begins(version, case.as_of) <= min([case.as_of, *ends]):
            found.append(version)
    return found


def _first_seen(case: Case, version: Program) -> date:
    """The first fact that a version or one before it sees."""
    oldest, first = case.versions[0], begins(version, case.as_of)
    later = [one for one in _later(case) if begins(one, case.as_of) <= first] if version is not oldest else []
    return _first_fact(replace(case, versions=(oldest, *later)))


def _first_fact(case: Case) -> date:
    """The day of a partner's first fact, or of one of a partner below it, where it earns on those or counts them.

    Where it earns on their lines, partners further down count as well.
    """
    cases = [case]
    for version in case.versions:
        cases += [one for rule in version.metric.values() for one in cases_of(case, rule.whose)]
    rules = [rule for version in case.versions for rule in version.earning.values() if rule.of == "sub-partners"]
    over = [rule.on for rule in rules]
    level, seen = [case], {case.partner.id}
    for _ in range(max((rule.level for rule in rules), default=0)):
        level = [below for one in level for below in _below(one) if below.partner.id not in seen]
        seen |= {below.partner.id for below in level}
        cases += level
    if "earning" in over:
        for below in cases:
            cases += [new for new in _below(below) if new.partner.id not in {known.partner.id for known in cases}]
    return min((day for each in cases for day in _days(each) if day <= case.as_of), default=case.as_of)


def _below(case: Case) -> list[Case]:
    below = [partner for partner in case.facts.of("partner") if partner.parent == case.partner.id]
    return [replace(case, partner=partner) for partner in below]


def _days(case: Case) -> list[date]:
    """The days of businesses and events, and of what metrics count where an earning, or tiers alone, rest on them."""
    days = [day for day in [first_business_day(case)] if day]
    for version in case.versions:
        if not version.earning:
            days += _of_metrics(case, version)
        for rule in version.earning.values():
            kind, name = trigger_of(rule)
            days += [day for row in mine(case, kind) if (day := getattr(row, name))] if kind else []
            if rule.on in ("period end", "tier reached"):
                days += _of_metrics(case, version)
    return days


def _of_metrics(case: Case, version: Program) -> list[date]:
    """The days of the facts that metrics count."""
    found: list[date] = []
    for metric in version.metric.values():
        kind = "contract" if metric.retention else metric.of if metric.of not in ("earning", "tier_held") else ""
        if kind:
            days = [getattr(row, metric.day) if metric.day else usual_day(kind, row) for row in mine(case, kind)]
            found += [day for day in days if day]
    return found
