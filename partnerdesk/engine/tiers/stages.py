"""A partner's life in the program: which stages are done, which one it is in, and what waits there."""

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.outcome import CURRENT, DONE, OPEN, StageView
from partnerdesk.engine.period import Period
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.rules import Stage
from partnerdesk.engine.terms.versions import Version
from partnerdesk.engine.tiers.needs import met
from partnerdesk.engine.tiers.standing import requirement_view


def stages(reckoning: Reckoning[N], period: Period) -> dict[str, StageView[N]]:
    """The stages in order as they stand in a period; the current one is the first that is not done."""
    version, found, following = reckoning.terms.at_end(period), {}, CURRENT
    for stage in version.program.stage:
        is_done = stage.done_when is not None and met(reckoning, version, stage.done_when, period)
        found[stage.name] = _view(reckoning, version, stage, DONE if is_done else following, period)
        following = following if is_done else OPEN
    return found


def _view(reckoning: Reckoning[N], version: Version, stage: Stage, state: str, period: Period) -> StageView[N]:
    """One stage; what it pays is named in words."""
    need, earnings = stage.done_when, version.program.earning
    requirement = None if need is None else requirement_view(reckoning, version, need, period)
    pays = tuple(earnings[name].says for name in stage.incentive if name in earnings)
    return StageView(stage.name, stage.says, state, requirement, stage.milestones, pays)
