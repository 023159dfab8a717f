"""The list of kinds, each by its name, with its fields as declared and the day on which a fact of it happened."""

from dataclasses import MISSING, Field, dataclass, fields
from functools import lru_cache
from typing import Any

from partnerdesk.engine.facts.business import Contract, Credit, Deal, DealLine, StageChange, Transaction
from partnerdesk.engine.facts.declaring import Fact
from partnerdesk.engine.facts.delivery import Activity, Case, Certification, Check, Deployment, Observation, Survey
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


@dataclass(frozen=True, slots=True)
class Attribute:
    """One declared field of a kind: `kind` is text, day, money, rate, whole, flag, map or ref (`to` a kind)."""

    name: str
    kind: str
    says: str
    required: bool
    default: Any
    to: str
    choices: tuple[str, ...]


KINDS: dict[str, type[Fact]] = {
    "person": Person,
    "territory": Territory,
    "coverage": Coverage,
    "partner": Partner,
    "customer": Customer,
    "product": Product,
    "deal": Deal,
    "deal_line": DealLine,
    "credit": Credit,
    "stage_change": StageChange,
    "contract": Contract,
    "transaction": Transaction,
    "deployment": Deployment,
    "check": Check,
    "survey": Survey,
    "certification": Certification,
    "activity": Activity,
    "observation": Observation,
    "fund_entry": FundEntry,
    "adjustment": Adjustment,
    "dispute": Dispute,
    "hold": Hold,
    "payment": Payment,
    "opening": Opening,
    "exchange_rate": ExchangeRate,
    "target": Target,
    "case": Case,
    "enrolment": Enrolment,
    "tier_decision": TierDecision,
}
KIND_OF = {row: kind for kind, row in KINDS.items()}


def plural(name: str) -> str:
    """Several of a kind, or of what an attribute names: `fund_entry` gives "fund entries"."""
    words = name.rpartition(".")[2].replace("_", " ")
    if words == "tier held":
        return "tiers held"
    if words.endswith("person"):
        return f"{words.removesuffix('person')}people"
    return f"{words[:-1]}ies" if words.endswith("y") and words[-2:-1] not in "aeiou" else f"{words}s"


# The day on which a fact of the kind happened, when a rule names no other; the first one that is set.
HAPPENED: dict[str, tuple[str, ...]] = {
    "partner": ("joined",),
    "deal": ("closed", "created", "registered"),
    "contract": ("start",),
    "deployment": ("live", "kickoff"),
    "certification": ("awarded",),
    "case": ("opened",),
    "target": ("start",),
}


@lru_cache(maxsize=64)
def attributes(kind: str) -> tuple[Attribute, ...]:
    """The declared fields of a kind in their order, without `source`."""
    return tuple(_attribute(f) for f in fields(KINDS[kind]) if f.metadata["is"] != "source")


def _attribute(f: "Field[Any]") -> Attribute:
    required = f.default is MISSING and f.default_factory is MISSING
    default = None if required or f.default is MISSING else f.default
    return Attribute(
        f.name,
        f.metadata["is"],
        f.metadata["says"],
        required,
        default,
        f.metadata.get("to", ""),
        f.metadata.get("choices", ()),
    )
