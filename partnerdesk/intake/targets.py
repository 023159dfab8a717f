"""What a column can become: every declared field of a kind, its key, and the few readings that feed several fields.

A target is named `kind.field`. `deal.close` is such a reading: the expected close while a deal is open, else the day
it closed. The pseudo kind `account` is a company that is a partner or a customer, as its type says. This module only
names; what the readings mean is in `intake.kinds`.
"""

from dataclasses import dataclass
from functools import lru_cache

from partnerdesk.engine import facts
from partnerdesk.engine.facts import DAY, FLAG, MONEY, RATE, REF, TEXT, WHOLE

KEY = "key"
ACCOUNT = "account"
SHARE = "share"  # a rate from 0 to 1 that files write as 25 %, 25 or 0.25
MONTH = "month"  # a day that may be given as a month alone


@dataclass(frozen=True, slots=True)
class Target:
    """`shape` says how cells are read: a field kind of `engine.facts`, or key, share or month. `to`: kind of a ref."""

    kind: str
    field: str
    shape: str
    says: str
    to: str = ""

    @property
    def name(self) -> str:
        return f"{self.kind}.{self.field}"


_Reading = tuple[str, str, str, str]  # field, shape, says, to

_ACCOUNT = ("account", REF, "Account: partner or customer, as its type says", ACCOUNT)
_OPEN = ("is_closed", FLAG, "Closed yes or no", "")

_READINGS: dict[str, tuple[_Reading, ...]] = {
    "deal": (
        _ACCOUNT,
        ("close", DAY, "Close date: expected while open, else closed on", ""),
        ("ordered", DAY, "Ordered on: created, won and closed that day", ""),
        ("lost_on", DAY, "Lost on", ""),
        ("is_won", FLAG, "Won yes or no", ""),
        _OPEN,
        ("actual_amount", MONEY, "Actual amount, once won", ""),
        ("mrr", MONEY, "Recurring amount per month", ""),
    ),
    "deal_line": (
        ("number", TEXT, "Number of the line in its order", ""),
        ("account", REF, "Account: partner or customer, as its type says", ACCOUNT),
        ("customer", REF, "Customer of the deal", "customer"),
        ("owner", REF, "Owner of the deal", "person"),
        ("territory", TEXT, "Territory of the deal", ""),
        ("status", TEXT, "Status of the deal", ""),
    ),
    "contract": (
        _ACCOUNT,
        ("mrr", MONEY, "Recurring amount per month", ""),
        ("amount", MONEY, "Amount per billing interval", ""),
        ("interval", TEXT, "Billing interval", ""),
        ("quantity", RATE, "Quantity that the amount is multiplied by", ""),
        ("status", TEXT, "Status, as the source calls it", ""),
    ),
    "transaction": (
        _ACCOUNT,
        ("quantity", RATE, "Quantity", ""),
        ("unit_price", RATE, "Unit price", ""),
    ),
    "payment": (
        ("gross", MONEY, "Gross: the amount with the tax that was withheld", ""),
        ("status", TEXT, "Status: only what was paid counts", ""),
        ("back", MONEY, "Amount that came back, beside a column of what was paid", ""),
        ("direction", TEXT, "Debit or credit: which amounts came back", ""),
    ),
    "deployment": (_ACCOUNT,),
    "survey": (_ACCOUNT,),
    "activity": (_ACCOUNT, ("status", TEXT, "Status: only what is done counts", "")),
    "case": (_ACCOUNT, _OPEN, ("status", TEXT, "Status, as the source calls it", "")),
    "certification": (
        ("first_name", TEXT, "First name", ""),
        ("last_name", TEXT, "Last name", ""),
        ("email", TEXT, "E-mail", ""),
        ("status", TEXT, "Status: only what was passed counts", ""),
    ),
    "person": (
        ("account", REF, "Employer: partner or customer, as its type says", ACCOUNT),
        ("first_name", TEXT, "First name", ""),
        ("last_name", TEXT, "Last name", ""),
    ),
    "target": (
        ("month", MONTH, "Month", ""),
        ("year", WHOLE, "Year", ""),
        ("quarter", TEXT, "Quarter", ""),
        ("period", TEXT, "Period, such as 2026Q3 or FY2026", ""),
    ),
    "account": (
        ("name", TEXT, "Name", ""),
        ("type", TEXT, "Type: says whether it is a partner", ""),
        ("legal_name", TEXT, "Legal name", ""),
        ("tax_id", TEXT, "Tax number", ""),
        ("country", TEXT, "Country", ""),
        ("city", TEXT, "City", ""),
        ("region", TEXT, "Region", ""),
        ("segment", TEXT, "Segment", ""),
        ("industry", TEXT, "Industry", ""),
        ("status", TEXT, "Status", ""),
        ("joined", DAY, "Partner or customer since", ""),
        ("parent", REF, "Parent company", "partner"),
        ("owner", REF, "Account manager", "person"),
    ),
}
_SHARES = {("deal", "probability"), ("contract", "probability"), ("credit", "share")}


@lru_cache(maxsize=64)
def targets(kind: str) -> dict[str, Target]:
    """The targets of a kind (or of `account`) by field, the key first."""
    found = {"key": Target(kind, "key", KEY, f"{said(kind).capitalize()}: its identifier")}
    for a in facts.attributes(kind) if kind in facts.KINDS else ():
        if a.name not in ("id", "attributes"):
            shape = SHARE if (kind, a.name) in _SHARES else a.kind
            found[a.name] = Target(kind, a.name, shape, a.says, a.to)
    for field, shape, says, to in _READINGS.get(kind, ()):
        found[field] = Target(kind, field, shape, says, to)
    return found


def kinds() -> tuple[str, ...]:
    """All kinds that rows can become, `account` among them."""
    return (*facts.KINDS, ACCOUNT)


def target(name: str) -> Target | None:
    """The target of a name such as `deal.amount`, `deal.partner.name` or `deal.attributes.segment`; None if unknown."""
    kind, _, field = name.partition(".")
    if kind not in kinds():
        return None
    if field.startswith("attributes.") and len(field) > 11:
        return Target(kind, field, TEXT, f"Attribute “{field[11:]}”")
    base, _, rest = field.partition(".")
    found = targets(kind).get(base)
    if found is not None and rest == "name" and found.shape == REF:
        return Target(kind, field, TEXT, f"{found.says}: name")
    return found if not rest else None


def said(kind: str) -> str:
    """A kind as a user reads it: "deal line"."""
    return kind.replace("_", " ")


def plural(kind: str) -> str:
    """Several of a kind: "activities"."""
    word = said(kind)
    if word == "person":
        return "people"
    return f"{word[:-1]}ies" if word.endswith("y") and word[-2] not in "aeiou" else f"{word}s"
