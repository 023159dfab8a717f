"""Which version's rule counts for an event: that of its day, or that of its stream's start or renewal."""

from partnerdesk.engine.rules import Program
from tests.second.judge.account import Account
from tests.second.judge.days import ONE_DAY
from tests.second.judge.line import Event, Rule
from tests.second.judge.streams import began, termed
from tests.second.judge.versions import opens


def is_ruled_by(account: Account, rule: Rule, event: Event) -> bool:
    """Whether this version's rule is the one of an event. A frozen rule goes on for streams that began under it."""
    if event.fact is None:
        return account.begins(rule.version) <= event.day <= account.ends(rule.version)
    versions = account.case.versions
    ruling = _ruling(account, rule, event)
    having = [v for v in versions[: versions.index(ruling) + 1] if rule.name in v.earning]
    if not having:
        return False
    last = having[-1]
    as_of = last.earning[rule.name].rules_as_of
    if as_of == "event":
        return last is ruling and last is rule.version
    frozen = Rule(account.under(last), last, rule.name, last.earning[rule.name])
    return account.version_on(termed(frozen, event, as_of)) is rule.version


def _ruling(account: Account, rule: Rule, event: Event) -> Program:
    """The version of a day; one for new streams only leaves to the version before what that one sees begin before it.

    Of an earning that the version before does not have, its own rule says so.
    """
    version = account.version_on(event.day)
    while version.transition.applies_to == "new streams" and version is not account.case.versions[0]:
        opening = opens(account.case, version)
        before = account.version_on(opening - ONE_DAY)
        knowing = next((v for v in (before, version) if rule.name in v.earning), rule.version)
        if began(Rule(account.under(knowing), knowing, rule.name, knowing.earning[rule.name]), event) >= opening:
            return version
        version = before
    return version
