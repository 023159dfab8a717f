"""A partner's life in the program: the first stage that is not done is the one it is in."""

from tests.second.judge.account import Account


def stages(account: Account) -> dict[str, str]:
    """The state of each stage on the as-of day: done, current or open."""
    case, latest = account.case, account.case.versions[-1]
    span = case.span(case.as_of, latest.score.every if latest.score else latest.tiers.every)
    version, found = account.version_at_end(span), dict[str, str]()
    for stage in version.stage:
        if stage.done_when is not None and account.meets(version, stage.done_when, span):
            found[stage.name] = "done"
        else:
            found[stage.name] = "open" if "current" in found.values() else "current"
    return found
