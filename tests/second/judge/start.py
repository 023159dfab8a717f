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
