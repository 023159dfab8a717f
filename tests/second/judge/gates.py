"""Who takes part, and who may earn: what keeps an event from earning anything."""

from datetime import date

from partnerdesk.engine.rules import Program
from tests.second.judge.account import Account


def may_earn(account: Account, version: Program, day: date) -> bool:
    """Whether something is earned on a day under a version; what is only suspended is earned, and held."""
    if not account.meets(version, version.eligibility.join, account.statement(day)):
        return False
    gate = version.eligibility.earn
    if gate is None or gate.otherwise == "suspend":
        return True
    return account.meets(version, gate.when, account.case.span(day, gate.every))
