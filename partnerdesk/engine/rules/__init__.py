"""The frozen types of a program version: what a rule can say. Reading and checking text is `program`'s business.

One file per subject; each key is declared with its meaning, default and values, and the printed reference is made of
that. Every decision that a program must make is a key with one default. Bands, scales and dated amounts store a floor
only: a value holds until the next floor.
"""

from partnerdesk.engine.rules.earnings import Base, Count, Earning, Formula, Trigger
from partnerdesk.engine.rules.filters import Keep, Test, Where, Window
from partnerdesk.engine.rules.funds import Benefit, Fund
from partnerdesk.engine.rules.governance import (
    FEWEST_OTHERS,
    Benchmark,
    Clause,
    Disputes,
    Eligibility,
    Gate,
    Module,
    Stage,
    Transition,
)
from partnerdesk.engine.rules.keys import UNITS
from partnerdesk.engine.rules.limits import Cap, Holdback, SafetyNet
from partnerdesk.engine.rules.metrics import Each, Groups, Metric, MixPart, Multiple, Power, Series, Term
from partnerdesk.engine.rules.money import (
    Draw,
    DrawStep,
    Exchange,
    OwnMinimum,
    PayDay,
    Rounding,
    Settlement,
    Withholding,
)
from partnerdesk.engine.rules.program import Example, Expected, FiscalWeeks, Included, Program
from partnerdesk.engine.rules.rates import Bands, DatedAmount, Factor, FactorEntry, Rate, RateEntry, Step
from partnerdesk.engine.rules.scores import Point, ScorePart, ScoreRule, Track, every_part
from partnerdesk.engine.rules.tiers import Need, TierMoves, TierPolicy, TierRule
from partnerdesk.engine.rules.timing import Clawback, ClawStep, Vest

__all__ = [
    "FEWEST_OTHERS",
    "UNITS",
    "Bands",
    "Base",
    "Benchmark",
    "Benefit",
    "Cap",
    "Clause",
    "ClawStep",
    "Clawback",
    "Count",
    "DatedAmount",
    "Disputes",
    "Draw",
    "DrawStep",
    "Each",
    "Earning",
    "Eligibility",
    "Example",
    "Exchange",
    "Expected",
    "Factor",
    "FactorEntry",
    "FiscalWeeks",
    "Formula",
    "Fund",
    "Gate",
    "Groups",
    "Holdback",
    "Included",
    "Keep",
    "Metric",
    "MixPart",
    "Module",
    "Multiple",
    "Need",
    "OwnMinimum",
    "PayDay",
    "Point",
    "Power",
    "Program",
    "Rate",
    "RateEntry",
    "Rounding",
    "SafetyNet",
    "ScorePart",
    "ScoreRule",
    "Series",
    "Settlement",
    "Stage",
    "Step",
    "Term",
    "Test",
    "TierMoves",
    "TierPolicy",
    "TierRule",
    "Track",
    "Transition",
    "Trigger",
    "Vest",
    "Where",
    "Window",
    "Withholding",
    "every_part",
]
