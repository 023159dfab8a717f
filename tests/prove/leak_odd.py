"""Random books of the odder kinds: groups that count together, own terms of one partner, funds, holds, openings.

Money is yen, Kuwaiti dinar, real or euro; names are words, contain each other, or come in other scripts; two partners
have one tax number, and amounts of one happen to be amounts of another. Two quarters are closed, and the third for one
partner alone; one statement is restated, and a line is disputed.
"""

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Activity, Fact, FundEntry, Hold, Opening, Partner, Payment, Person
from partnerdesk.engine.money import decimals
from partnerdesk.ops.agreements.copies import export_agreement
from partnerdesk.ops.agreements.issuing import issue_agreement
from partnerdesk.ops.mail.drafting import draft_statement_mail
from partnerdesk.ops.statements.closing import close_period
from partnerdesk.ops.statements.disputes import Claim, raise_dispute
from partnerdesk.ops.statements.dossiers import export_dossier
from partnerdesk.ops.statements.exports import export_statements
from partnerdesk.ops.statements.restating import restate
from partnerdesk.queries.figures import evaluation
from partnerdesk.queries.statements.archive import closed_statements
from partnerdesk.queries.statements.closing import run
from partnerdesk.queries.statements.disputes import disputes
from tests.prove.leak_books import DAY, LeakBook

AT = "2026-09-30T12:00:00Z"
NAMES = (
    *("Nord", "Nordlys Nord", "Total", "March", "Gold", "Open", "Balance", "Net", "Fund", "Volume Partners"),
    *("Ελληνική Δίκτυα ΑΕ", "São Gonçalo Sistemas Ltda", "ACME \u202egnirts", "C:\\Temp\\..\\x", "<b>Bold</b> & Co"),
    *("@SUM(A1)", "Sora KK", "Müller", "Müller & Müller", "Other", "-2+3", "n/a", "Q3 Systems", "Held Oy"),
)
PROGRAM = """
program = "odd-alliance"
version = "2026-1"
effective_from = 2026-01-01
currency = "{currency}"
statements = "quarter"
rounding = {{ decimals = {decimals} }}

[metric.revenue]
says = "Revenue of won deals"
of = "deal"
where = {{ status = "won" }}

[metric.together]
says = "Revenue of the whole group"
of = "deal"
where = {{ status = "won" }}
whose = "{whose}"

[score]
every = "quarter"
parts = [
  {{ metric = "revenue", weight = 60, scale = [{{ at = 0, points = 0 }}, {{ at = 50000, points = 100 }}] }},
  {{ metric = "together", weight = 40, scale = [{{ at = 0, points = 0 }}, {{ at = 90000, points = 100 }}] }},
]

[[tier]]
name = "Registered"

[[tier]]
name = "Gold"
requires = {{ all = [{{ score = 75 }}, {{ metric = "together", at_least = 30000 }}] }}
benefits = ["desk"]

[benefit.desk]
says = "Launch desk"

[earning.upfront]
says = "Anchor commission on new business"
type = "UPFRONT"
on = "deal won"
base = "amount"
rate = {{ by_tier = {{ Registered = 0.08, Gold = 0.12 }} }}
vests = [{{ share = 0.5, at = "event" }}, {{ share = 0.5, at = "event", after_months = 6 }}]

[earning.override]
says = "Override on sub-partners"
type = "OVERRIDE"
on = "deal won"
of = "sub-partners"
base = "amount"
rate = 0.02

[fund.launch]
says = "Launch fund"
accrues_on = "revenue"
rate = 0.01

[module.special]
says = "Terms of one partner"
partner = {{ id = "{special}" }}

[module.special.earning.special]
says = "Reward {secret}"
type = "SPIFF"
on = "deal won"
base = "amount"
rate = 0.003
"""


class OddBook(LeakBook):
    """A book of the odder kinds; `label` is the period whose statements are exported."""

    label = "2026Q3"
    names = NAMES
    languages = ("de_DE", "fr_FR", "pt_BR", "ja_JP", "el_GR", "en_GB")

    def __init__(self, seed: int) -> None:
        self.currency = ("EUR", "JPY", "KWD", "BRL")[(seed // 4 + seed // 16) % 4]
        self.dispute = self.closed = ""
        super().__init__(seed)

    @property
    def program(self) -> str:
        special = self.partners[1].id
        whose = self.draw.choice(("group", "branch", "sub-partners"))
        told = {"currency": self.currency, "decimals": decimals(self.currency), "whose": whose, "special": special}
        return PROGRAM.format(**told, secret=self.token(special))

    def fill(self, session: Session) -> None:
        """The book with two closed quarters, a restatement, a dispute and an agreement of each partner."""
        super().fill(session)
        first = self.partners[0].id
        for label, partners in (("2026Q1", None), ("2026Q2", None), (self.label, [first])):
            ready = [row for row in run(session, label, DAY).ready if row.partner in (partners or [row.partner])]
            given = {"maker": "Ann", "checker": "Ben", "at": AT, "total": sum(row.closing for row in ready)}
            if ready:
                close_period(session, label, DAY, partners=partners, **given)
        restate(
            session,
            first,
            closed_statements(session, first)[-1].period,
            DAY,
            reason="the head was wrong",
            maker="Ann",
            checker="Ben",
            at=AT,
        )
        for partner in self.partners:
            issue_agreement(session, partner.id, on=DAY, by="Ann", at=AT)
        lines = [x for o in evaluation(session, DAY).partners.values() for x in o.lines if x.period.label < self.label]
        if lines:
            line = self.draw.choice(lines)
            told = {"reason": f"not {self.token(line.partner)}", "raised_by": self.token(line.partner)}
            claim = Claim(
                partner=line.partner, line=line.id, claimed=self._amount(line.partner), late_because="x", **told
            )
            self.dispute = raise_dispute(session, claim, on=DAY, by="Ann", at=AT)

    def exported(self, session: Session, partner: str, out: Path) -> None:
        """What there is besides: a closed statement, the agreement, a mail, and the dossier of the dispute."""
        for row in closed_statements(session, partner)[-2:]:
            export_statements(session, row.period, DAY, out, partners=[partner], pages=True)
        export_agreement(session, partner, out)
        draft_statement_mail(session, partner, self.label, DAY, out)
        if self.dispute and next(d for d in disputes(session, DAY) if d.id == self.dispute).partner == partner:
            export_dossier(session, self.dispute, DAY, out)

    def foreign(self, partner: str) -> set[str]:
        """The one at the top earns and is measured on the business of those below, and its closed statements rest on
        it: nothing of them is foreign to it."""
        below = {p.id for p in self.partners if p.parent == partner}
        known = {t for owner, tokens in self.tokens.items() if below & {*owner.split("+")} for t in tokens}
        return super().foreign(partner) - known

    def foreign_amounts(self, partner: str) -> set[Decimal]:
        below = {p.id for p in self.partners if p.parent == partner}
        own = set().union(*(self.amounts.get(id, set()) for id in below))
        return super().foreign_amounts(partner) - own

    def _partner(self, number: int, name: str) -> Partner:
        made = super()._partner(number, name)
        if number <= 2:
            made = replace(made, tax_id="DE811907980")
        if number == 1:
            self._top = made.id
        return replace(made, parent=self._top if number in (2, 4) else None)

    def _business(self, id: str) -> None:
        super()._business(id)
        told: list[Fact] = [
            Person(id=f"M-{id}", name="", side="partner", partner=id, role="Finance", email=f"{self.token(id)}@x.org"),
            Activity(id=f"F-{id}", partner=id, day=date(2026, 5, 2), kind="co-marketing"),
            self._entry(id, 1, "allocation", date(2026, 2, 1)),
            self._entry(id, 2, "request", date(2026, 5, 1), activity=f"F-{id}"),
            self._entry(id, 3, "approval", date(2026, 5, 3), request=f"E-{id}-2"),
            self._entry(id, 4, "claim", date(2026, 7, 3), request=f"E-{id}-2"),
            Payment(id=f"R-{id}", partner=id, day=date(2026, 7, 9), amount=self._amount(id)),
            Hold(id=f"HO-{id}", partner=id, deal=f"D-{id}-1", day=date(2026, 7, 5)),
        ]
        self.rows += [self._told(id, row) for row in told]
        if id[3] == "3":
            self._taken_over(id)

    def _taken_over(self, id: str) -> None:
        """The third came with what it had before: held until a day, payable, and paid."""
        for kind, more in (("vesting", {"due": date(2026, 8, 1)}), ("payable", {}), ("paid", {})):
            row = Opening(id=f"O-{id}-{kind}", partner=id, day=date(2026, 3, 31), kind=kind, amount=self._amount(id))
            self.rows.append(replace(self._told(id, row), earning="upfront", **more))

    def _entry(self, id: str, number: int, kind: str, day: date, **more: Any) -> FundEntry:
        amount = None if kind == "approval" else self._amount(id)
        return FundEntry(id=f"E-{id}-{number}", partner=id, fund="launch", kind=kind, day=day, amount=amount, **more)

    def _amount(self, id: str) -> Decimal:
        """An amount in the smallest units of the currency; now and then one that another partner has as well."""
        others = sorted(a for owner, amounts in self.amounts.items() if owner != id for a in amounts)
        drawn = Decimal(self.draw.randint(1_000_001, 9_999_999)).scaleb(-decimals(self.currency))
        amount = self.draw.choice(others) if others and self.draw.random() < 0.15 else drawn
        self.amounts.setdefault(id, set()).add(amount)
        return amount

    def _told(self, owner: str, row: Any) -> Any:
        made = super()._told(owner, row)
        if isinstance(made, Person) and row.email:
            made = replace(made, email=row.email, role=row.role)
        if isinstance(made, FundEntry):
            made = replace(made, fund="launch")
        return replace(made, currency=self.currency) if "currency" in {f.name for f in fields(row)} else made
