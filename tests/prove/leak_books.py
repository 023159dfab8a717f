"""Random books in which every text gives its owner away: a token of 14 letters in each field of each row.

Names are hostile, contain each other, or are words of our own documents; customers are shared; deals are co-credited.
"""

import random
import string
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import (
    KIND_OF,
    TEXT,
    Activity,
    Adjustment,
    Certification,
    Contract,
    Credit,
    Customer,
    Deal,
    Deployment,
    Fact,
    Partner,
    Person,
    Product,
    Survey,
    Transaction,
    attributes,
)
from partnerdesk.models.book import book
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows
from tests.cli.evaluating import PROGRAM
from tests.prove.leak_joint import write_joint

DAY = date(2026, 9, 30)
TOKEN = 14  # capitals of a secret
NAMES = (
    "Acme",
    "Acme Services",
    "Acme Services North",
    "Delta",
    "Payable",
    "Total",
    "R&D <Labs>",
    "=cmd|' /C calc'!A0",
    'Quote "One" Ltd',
    "Łódź Systemy 2026",
    "Gold",
    "O'Neill; Sons, Ltd",
    "Statement Works",
    "Ärzte & Söhne GmbH",
    "1st Choice 4711 Cloud",
)
# Fields whose words mean something to the programs or to the documents; everything else says whose it is.
_MEANT = {"currency", "language", "kind", "status", "role", "cadence", "side", "type", "group", "country", "metric"}


class LeakBook:
    """A random book; `tokens` are the secrets by partner, `amounts` the sums of money that only one of them knows."""

    label, currency, program = "2026-09", "EUR", PROGRAM
    names: Sequence[str] = NAMES
    languages: Sequence[str] = ("en_GB", "de_DE", "fr_FR", "pl_PL")

    def __init__(self, seed: int) -> None:
        self.seed, self.draw = seed, random.Random(seed)
        self.tokens: dict[str, set[str]] = {}
        self.amounts: dict[str, set[Decimal]] = {}
        self.partners: list[Partner] = []
        self.rows: list[Fact] = []
        self._make()

    def fill(self, session: Session) -> None:
        """Writes the book into an empty one."""
        session.execute(
            insert(book).values(one=1, id=f"book {self.draw.random()}", name="Leaks", created="", sample=False)
        )
        add_version(session, self.program, "program.toml")
        add_rows(session, self.rows, system="leaks")
        for partner in self.partners:
            write_joint(session, self, partner.id, DAY)

    def token(self, owner: str) -> str:
        """A new secret of somebody."""
        made = "".join(self.draw.choices(string.ascii_uppercase, k=TOKEN))
        self.tokens.setdefault(owner, set()).add(made)
        return made

    def foreign(self, partner: str) -> set[str]:
        """The tokens of all others that this partner does not share."""
        return {t for owner, tokens in self.tokens.items() if partner not in owner.split("+") for t in tokens}

    def secret(self, partner: str) -> str:
        """One of them: of any other partner, or of what is said about one, this one among them."""
        foreign = self.foreign(partner)
        owner = self.draw.choice(sorted(name for name, tokens in self.tokens.items() if tokens & foreign))
        return self.draw.choice(sorted(self.tokens[owner] & foreign))

    def foreign_amounts(self, partner: str) -> set[Decimal]:
        """The amounts of all others."""
        own = self.amounts.get(partner, set())
        return {a for owner, amounts in self.amounts.items() if owner != partner for a in amounts} - own

    def _make(self) -> None:
        names = self.draw.sample(self.names, self.draw.randint(3, 5))
        self.partners = [self._partner(n, name) for n, name in enumerate(names, 1)]
        ids = [p.id for p in self.partners]
        shared = "+".join(ids[:2])  # one customer and product of the first two
        self.rows += [*self.partners, self._told(shared, Customer(id="C-shared", name="")), self._product(shared)]
        for id in ids:
            self._business(id)
        first = next(row for row in self.rows if isinstance(row, Deal) and row.partner == ids[0])
        self.rows.append(Credit(id="K-shared", deal=first.id, partner=ids[-1], share=Decimal("0.25")))
        self.tokens.setdefault(shared, set())
        self._shares_deal(first, ids[-1])
        told = " ".join(map(str, self.rows))  # a name that was drawn and replaced is no secret of the book
        self.tokens = {owner: {t for t in tokens if t in told} for owner, tokens in self.tokens.items()}

    def _partner(self, number: int, name: str) -> Partner:
        id = f"PT-{number}{self.draw.choice('ABC')}"
        language = self.draw.choice(self.languages)
        made = self._told(id, Partner(id=id, name=name, language=language))
        return replace(made, name=name, document_name="", city=self.token(id))

    def _product(self, owner: str) -> Fact:
        return self._told(owner, Product(id="S-shared", name=""))

    def _business(self, id: str) -> None:
        """A year of a partner's work."""
        self.rows.append(self._told(id, Customer(id=f"C-{id}", name="")))
        self.rows.append(self._told(id, Product(id=f"S-{id}", name="")))
        self.rows.append(self._told(id, Person(id=f"H-{id}", name="", side="partner", partner=id)))
        for n in range(self.draw.randint(2, 7)):
            day = date(2026, 9, 1) if n == 0 else date(2026, 1, 5) + timedelta(days=self.draw.randint(0, 260))
            customer = self.draw.choice((f"C-{id}", "C-shared")) if self._knows_shared(id) else f"C-{id}"
            common: dict[str, Any] = {"partner": id, "customer": customer, "product": f"S-{id}"}
            deal = Deal(id=f"D-{id}-{n}", status="won", closed=day, created=day, amount=self._amount(id), **common)
            contract = Contract(id=f"X-{id}-{n}", deal=deal.id, start=day, end=day + timedelta(364), **common)
            self.rows += [self._told(id, deal), self._told(id, replace(contract, recurring=self._amount(id)))]
            self._after_sale(id, n, day, common)

    def _after_sale(self, id: str, n: int, day: date, common: dict[str, Any]) -> None:
        rows: list[Fact] = [
            Transaction(id=f"T-{id}-{n}", day=day, amount=self._amount(id), contract=f"X-{id}-{n}", **common),
            Deployment(id=f"Y-{id}-{n}", deal=f"D-{id}-{n}", kickoff=day, live=day, **common),
            Survey(id=f"V-{id}-{n}", deployment=f"Y-{id}-{n}", partner=id, day=day, score=Decimal(4)),
            Certification(id=f"Z-{id}-{n}", partner=id, person="", awarded=day),
            Activity(id=f"A-{id}-{n}", partner=id, day=day, kind="demo"),
            Adjustment(id=f"J-{id}-{n}", partner=id, day=day, amount=self._amount(id)),
        ]
        self.rows += [self._told(id, row) for row in rows]

    def _knows_shared(self, id: str) -> bool:
        return id in [p.id for p in self.partners[:2]]

    def _amount(self, id: str) -> Decimal:
        amount = Decimal(self.draw.randint(1_000_001, 9_999_999)) / 100
        self.amounts.setdefault(id, set()).add(amount)
        return amount

    def _told(self, owner: str, row: Any) -> Any:
        """The row with a token of its owner in every text that is free."""
        named = {f.name for f in fields(row)}
        free = [
            a.name
            for a in attributes(KIND_OF[type(row)])
            if a.kind == TEXT and not a.choices and a.name not in _MEANT and a.name != "id" and a.name in named
        ]
        return replace(
            row, **{name: f"{name} {self.token(owner)}" for name in free}, attributes={"own": self.token(owner)}
        )

    def _shares_deal(self, deal: Deal, other: str) -> None:
        """Who is credited with a deal knows it, with what hangs on it, and whom it names."""
        keys = {deal.id, deal.customer, deal.product}
        keys |= {r.id for r in self.rows if getattr(r, "deal", None) == deal.id}
        keys |= {r.id for r in self.rows if getattr(r, "contract", None) in keys}
        seen = [row for row in self.rows if row.id in keys]
        words = " ".join(str(getattr(row, f.name)) for row in seen for f in fields(row))
        money = {v for row in seen for f in fields(row) if isinstance(v := getattr(row, f.name), Decimal)}
        for owner in self.tokens:
            self.tokens[owner] = {token for token in self.tokens[owner] if token not in words}
        self.amounts[other] |= money  # its owner knows them as well
