"""When a partner's history begins."""

from datetime import date

from tests.second.judge.book import Case, mine, usual_day

BUSINESS = ("deal", "contract", "transaction", "deployment", "payment", "adjustment")


def first_business_day(case: Case) -> date | None:
    days = [day for kind in BUSINESS for row in mine(case, kind) if (day := usual_day(kind, row))]
    return min(days, default=None)


def history_starts(case: Case) -> date | None:
    """The day the partner joined, or its first business where that is not known."""
    return case.partner.joined or first_business_day(case)


# The kind and the day of what triggers an earning, by the name of the trigger.
EVENTS = {
    "deal registered": ("deal", "registered"),
    "deal won": ("deal", "closed"),
    "contract started": ("contract", "start"),
    "contract renewed": ("contract", "outcome_on"),
    "invoice issued": ("transaction", "day"),
    "payment received": ("transaction", "day"),
    "usage reported": ("transaction", "day"),
    "customer live": ("deployment", "live"),
    "first value": ("deployment", "first_value"),
    "quality reviewed": ("deployment", "reviewed"),
    "survey answered": ("survey", "day"),
    "certification awarded": ("certification", "awarded"),
    "activity verified": ("activity", "day"),
}


def first_day(case: Case) -> date:
    """The day on which a partner begins: it joined, or its first fact, whichever came first."""
    days = [day for day in [first_business_day(case)] if day]
    for rule in (rule for version in case.versions for rule in version.earning.values()):
        kind, name = (rule.trigger.fact, rule.trigger.day) if rule.trigger else EVENTS.get(rule.on, ("", ""))
        days += [day for row in mine(case, kind) if (day := getattr(row, name))] if kind else []
        if rule.on in ("period end", "tier reached"):
            days += _of_metrics(case)
    days += [case.partner.joined] if case.partner.joined else []
    return min(min(days, default=case.as_of), case.as_of)


def _of_metrics(case: Case) -> list[date]:
    """The days of the facts that metrics count."""
    found: list[date] = []
    for metric in (metric for version in case.versions for metric in version.metric.values()):
        kind = "contract" if metric.retention else metric.of if metric.of != "earning" else ""
        if kind:
            days = [getattr(row, metric.day) if metric.day else usual_day(kind, row) for row in mine(case, kind)]
            found += [day for day in days if day]
    return found
