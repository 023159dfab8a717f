"""Who takes part in the sample book: the invented partners with their temper, customers, people, products, rates.

The words come from `resources/sample`; what happens to these companies is told in `story.py` and `delivery.py`.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from partnerdesk.engine.facts import ExchangeRate, Partner, Person, Product
from partnerdesk.engine.period import add_months
from partnerdesk.ops.sample.dice import Dice
from partnerdesk.paths import resource

AS_OF = date(2026, 11, 19)
FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)

# Units of a currency per EUR in percent, and what its amounts are rounded to.
CURRENCIES: Mapping[str, tuple[int, int]] = {
    "EUR": (100, 100),
    "GBP": (86, 100),
    "USD": (108, 100),
    "CHF": (95, 100),
    "PLN": (430, 500),
    "SEK": (1130, 1000),
}
_RATES = {"GBP": "0.8620", "USD": "1.0840", "CHF": "0.9480", "PLN": "4.3150", "SEK": "11.2800"}

PRODUCTS = (
    Product(id="PR-1", name="Fennmark Core", family="Platform", category="Subscription"),
    Product(id="PR-2", name="Fennmark Analytics", family="Insight", category="Subscription"),
    Product(id="PR-3", name="Fennmark Hub", family="Integration", category="Subscription"),
    Product(id="PR-4", name="Fennmark Connect API", family="Integration", category="Usage"),
    Product(id="PR-5", name="Fennmark Care", family="Support", category="Subscription"),
    Product(id="PR-6", name="Launch package", family="Services", category="Services"),
)

VENDOR = (
    ("V-1", "Marit Solheim-Vance", "Account manager"),
    ("V-2", "Tobias Rendlow", "Account manager"),
    ("V-3", "Ineke Hartveld", "Account manager"),
    ("V-4", "Callum Breckwith", "Solution engineer"),
    ("V-5", "Salome Aubertin", "Partner marketing"),
    ("V-6", "Viktor Lehmdahl", "Channel director"),
    ("V-7", "Nadia Brooksmere", "Partner finance"),
)


@dataclass(frozen=True, slots=True)
class Temper:
    """How a partner works, in percent; `csat` in tenths of a point on the scale from 1 to 5."""

    late: int
    churn: int
    standards: int
    adoption: int
    csat: int


@dataclass(frozen=True, slots=True)
class Profile:
    """A partner of the cast, with everything planned about it."""

    partner: Partner
    tongue: str
    revenue: int  # joint revenue of 2024 in EUR
    growth: tuple[int, int]
    deal: int
    customers: int
    certified: int
    temper: Temper
    after: tuple[str, Temper] | None
    tiers: tuple[tuple[date, str], ...]
    role: str
    salt: str  # a different course of chance under the same plan
    names: Mapping[str, list[str]] = field(hash=False)

    def temper_in(self, quarter: str) -> Temper:
        """How the partner works in a quarter."""
        return self.after[1] if self.after and quarter >= self.after[0] else self.temper

    def revenue_of(self, year: int) -> int:
        """The joint revenue planned for a year, in EUR."""
        amount = self.revenue if year > 2023 else self.revenue * 10 // 11
        for percent in self.growth[: max(year - 2024, 0)]:
            amount = amount * (100 + percent) // 100
        return amount

    def local(self, euros: int) -> int:
        """About so many euros in the partner's currency, rounded as people round."""
        percent, step = CURRENCIES[self.partner.currency]
        return max(step, euros * percent // 100 // step * step)


@lru_cache(maxsize=8)
def words(name: str) -> Mapping[str, Any]:
    """A file of words of the sample book."""
    return tomllib.loads(resource(f"sample/{name}.toml").read_text(encoding="utf-8"))


def profiles() -> tuple[Profile, ...]:
    """The cast, in the order of the file."""
    return tuple(_profile(i, raw) for i, raw in enumerate(words("partners")["partner"]))


def _profile(index: int, raw: Mapping[str, Any]) -> Profile:
    temper = Temper(*(raw[name] for name in ("late", "churn", "standards", "adoption", "csat")))
    after = dict(raw.get("after", {}))
    quarter = after.pop("quarter", "")
    return Profile(
        partner=_partner(index, raw),
        tongue=raw["tongue"],
        revenue=raw["revenue"] * 1000,
        growth=(raw["growth"][0], raw["growth"][1]),
        deal=raw["deal"] * 1000,
        customers=raw["customers"],
        certified=raw["certified"],
        temper=temper,
        after=(quarter, replace(temper, **after)) if quarter else None,
        tiers=tuple((date.fromisoformat(day), tier) for day, tier in raw["tiers"]),
        role=raw.get("role", ""),
        salt=str(raw.get("salt", 0)),
        names=words("names")[raw["tongue"]],
    )


def _partner(index: int, raw: Mapping[str, Any]) -> Partner:
    country, city, region = raw["place"]
    joined = date(2021 + index % 3, 1 + index * 5 % 12, 1 + index % 27)
    suffix = {"DE": "GmbH", "NL": "B.V.", "FR": "SAS", "GB": "Ltd", "US": "Inc.", "SE": "AB", "NO": "AS", "DK": "A/S"}
    return Partner(
        id=raw["id"],
        name=raw["name"],
        legal_name=f"{raw['name']} {suffix.get(country, '')}".strip(),
        type=raw["type"],
        tax_id=f"{country}{104729 * (index + 7) % 900000000 + 100000000}",
        region=region,
        country=country,
        city=city,
        segment="enterprise" if raw["revenue"] > 300 else "mid-market" if raw["revenue"] > 100 else "small",
        currency=raw.get("currency", "EUR"),
        language=raw["language"],
        joined=joined,
        owner=VENDOR[index % 3][0],
        status="active",
        agreement=f"FPA-{joined.year}-{index + 1:03}",
        agreement_signed=joined,
        compliance_attested=date(2026, 1 + index % 3, 10 + index % 15),
        data_sharing_attested=date(2026, 1 + index % 3, 10 + index % 15),
    )


def people(profile: Profile, seed: int) -> list[Person]:
    """The partner's own people: who leads the alliance, who delivers, who sponsors."""
    dice, partner = Dice(seed, profile.partner.id, "people"), profile.partner
    first, last = dice.some(profile.names["first"], 3), dice.some(profile.names["last"], 3)
    roles = ("Alliance lead", "Delivery lead", "Managing director")
    found = []
    for number, (role, given, family) in enumerate(zip(roles, first, last, strict=True), 1):
        id = f"{partner.id}-H{number}"
        email = f"{'alliance delivery director'.split()[number - 1]}@{partner.id.lower()}.example"
        found.append(
            Person(id=id, name=f"{given} {family}", side="partner", partner=partner.id, role=role, email=email)
        )
    return found


def vendor_people() -> list[Person]:
    """The people of Fennmark Software."""
    mail = (f"{name.split()[0].lower()}@fennmark.example" for _, name, _ in VENDOR)
    return [Person(id=id, name=name, role=role, email=to) for (id, name, role), to in zip(VENDOR, mail, strict=True)]


def customer_names(cast: tuple[Profile, ...], seed: int) -> dict[str, Iterator[str]]:
    """Per tongue, names of customers, each given away once."""
    tongues = sorted({p.tongue for p in cast})
    return {tongue: _names(words("names")[tongue], Dice(seed, "customers", tongue)) for tongue in tongues}


def _names(of: Mapping[str, list[str]], dice: Dice) -> Iterator[str]:
    yield from dice.some([f"{stem} {trade}" for stem in of["stem"] for trade in of["trade"]], 1000)
    for number in range(2, 100):  # more than the words give: the same companies have daughters
        yield from (f"{stem} Group {number}" for stem in of["stem"])


def exchange_rates(seed: int) -> Iterator[ExchangeRate]:
    """The program table: one rate per quarter and currency, wandering a little."""
    for currency, start in _RATES.items():
        dice, rate, day = Dice(seed, "rates", currency), Decimal(start), date(2023, 1, 1)
        while day <= AS_OF:
            id = f"X-{currency}-{day:%Y%m}"
            yield ExchangeRate(id=id, table="program", day=day, base="EUR", quote=currency, rate=rate)
            rate = (rate * (1000 + dice.between(-14, 14)) / 1000).quantize(Decimal("0.0001"))
            day = add_months(day, 3)
