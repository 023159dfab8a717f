"""What an evaluation returns: metrics, scores, standing, earning lines, ledger entries, statements, per partner.

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
    EarningLine,
    Entry,
    N,
    RuleRef,
    Workings,
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
from partnerdesk.engine.outcome.whole import Evaluation, Outcome, PartnerOutcome, Traced

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
    "AtRisk",
    "BenefitView",
    "CheckResult",
    "Component",
    "EarningLine",
    "Entry",
    "Evaluation",
    "Exposure",
    "FundAccount",
    "FundMove",
    "FundRequest",
    "Held",
    "LineLoss",
    "MetricResult",
    "Move",
    "N",
    "Outcome",
    "PartnerOutcome",
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
    "Traced",
    "Workings",
    "entry_of",
    "is_remitted",
    "line_of",
]
