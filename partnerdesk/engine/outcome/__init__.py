"""What an evaluation returns: metrics, scores, standing, earning lines, ledger entries, statements, per partner. What
holds all of one partner is `engine.whole`.

Every type is generic over its numbers: Decimals in values mode (whole books, screens, documents), `Figure`s in
figures mode (the Why of one partner). Amounts are in the partner's statement currency unless a field says otherwise.
"""

from partnerdesk.engine.outcome.account import AtRisk, CheckResult, Exposure, Held, LineLoss, Payout, Row, Statement
from partnerdesk.engine.outcome.earned import (
    HELD,
    LOSS,
    OPENING,
    PAYABLE,
    REMITTED,
    TOPUP,
    TRUEUP,
    EarningLine,
    Entry,
    N,
    RuleRef,
    Workings,
    corrected_id,
    entry_of,
    is_remitted,
    line_of,
)
from partnerdesk.engine.outcome.funds import BenefitView, FundAccount, FundMove, FundRequest
from partnerdesk.engine.outcome.performance import (
    CURRENT,
    DONE,
    OPEN,
    Component,
    MetricResult,
    Move,
    Requirement,
    Review,
    Score,
    StageView,
    Standing,
    TierView,
)

__all__ = [
    "CURRENT",
    "DONE",
    "HELD",
    "LOSS",
    "OPEN",
    "OPENING",
    "PAYABLE",
    "REMITTED",
    "TOPUP",
    "TRUEUP",
    "AtRisk",
    "BenefitView",
    "CheckResult",
    "Component",
    "EarningLine",
    "Entry",
    "Exposure",
    "FundAccount",
    "FundMove",
    "FundRequest",
    "Held",
    "LineLoss",
    "MetricResult",
    "Move",
    "N",
    "Payout",
    "Requirement",
    "Review",
    "Row",
    "RuleRef",
    "Score",
    "StageView",
    "Standing",
    "Statement",
    "TierView",
    "Workings",
    "corrected_id",
    "entry_of",
    "is_remitted",
    "line_of",
]
