"""What happened, never what it means: one frozen row type per kind of fact.

A kind is declared once, here; tables, drafts, file columns and the `where` filters of a program are derived from
these declarations. Money fields hold Decimals in the row's own `currency`; days are civil dates; every row knows
its `source` (where it was read or who typed it) and since when it was known (`known_on`).
"""

from partnerdesk.engine.facts.business import Contract, Credit, Deal, DealLine, StageChange, Transaction
from partnerdesk.engine.facts.declaring import DAY, FLAG, MAP, MONEY, NOTHING, RATE, REF, TEXT, WHOLE, Fact, Source
from partnerdesk.engine.facts.delivery import Activity, Case, Certification, Check, Deployment, Observation, Survey
from partnerdesk.engine.facts.kinds import HAPPENED, KIND_OF, KINDS, Attribute, attributes, plural
from partnerdesk.engine.facts.ledger import Adjustment, Dispute, ExchangeRate, FundEntry, Hold, Opening, Payment
from partnerdesk.engine.facts.parties import (
    Coverage,
    Customer,
    Enrolment,
    Partner,
    Person,
    Product,
    Target,
    Territory,
    TierDecision,
)
from partnerdesk.engine.facts.rows import Facts

__all__ = [
    "DAY",
    "FLAG",
    "HAPPENED",
    "KINDS",
    "KIND_OF",
    "MAP",
    "MONEY",
    "NOTHING",
    "RATE",
    "REF",
    "TEXT",
    "WHOLE",
    "Activity",
    "Adjustment",
    "Attribute",
    "Case",
    "Certification",
    "Check",
    "Contract",
    "Coverage",
    "Credit",
    "Customer",
    "Deal",
    "DealLine",
    "Deployment",
    "Dispute",
    "Enrolment",
    "ExchangeRate",
    "Fact",
    "Facts",
    "FundEntry",
    "Hold",
    "Observation",
    "Opening",
    "Partner",
    "Payment",
    "Person",
    "Product",
    "Source",
    "StageChange",
    "Survey",
    "Target",
    "Territory",
    "TierDecision",
    "Transaction",
    "attributes",
    "plural",
]
