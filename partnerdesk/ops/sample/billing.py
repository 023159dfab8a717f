"""What customers paid for their contracts in the sample book: by cadence, now and then refunded or credited."""

from datetime import date, timedelta
from decimal import Decimal

from partnerdesk.engine.facts import Contract, Transaction
from partnerdesk.engine.period import add_months
from partnerdesk.ops.sample.cast import AS_OF, FIRST, Profile
from partnerdesk.ops.sample.dice import Dice

REFUNDED, CREDITED = 3, 2  # of a hundred payments


class Billing:
    """One partner's transactions since the program began."""

    def __init__(self, profile: Profile, seed: int) -> None:
        self.number = profile.partner.id[2:]
        self.dice = Dice(seed, profile.partner.id, "billing")
        self.rows: list[Transaction] = []

    def bill(self, contract: Contract) -> None:
        """The payments of one term of a contract."""
        months = 12 if contract.cadence == "year" else 3
        amount = (contract.recurring or Decimal(0)) * months / 12
        due, last = contract.start or AS_OF, min(contract.end or AS_OF, AS_OF)
        while due <= last:
            day = due + timedelta(days=self.dice.between(8, 34))
            if FIRST <= day <= AS_OF:
                self.pay(contract, due, day, amount)
            due = add_months(due, months)

    def pay(self, contract: Contract, due: date, day: date, amount: Decimal) -> None:
        """One payment. A credit note lowers it before, a refund gives a part of it back afterwards."""
        chance, part = self.dice.between(0, 99), amount * self.dice.pick((10, 15, 25)) / 100
        if chance < CREDITED and due >= FIRST:
            self.add(contract, "invoice", due, amount)
            self.add(contract, "credit-note", due + timedelta(days=5), -part)
            amount -= part
        self.add(contract, "payment", day, amount)
        back = day + timedelta(days=self.dice.between(12, 50))
        if CREDITED <= chance < CREDITED + REFUNDED and back <= AS_OF:
            self.add(contract, "refund", back, -part)

    def add(self, contract: Contract, kind: str, day: date, amount: Decimal) -> None:
        """One row, numbered as documents are."""
        letter = {"invoice": "I", "credit-note": "N", "refund": "B"}.get(kind, "R")
        count = len(self.rows) + 1
        self.rows.append(
            Transaction(
                id=f"T-{self.number}{count:03}",
                partner=contract.partner,
                customer=contract.customer,
                product=contract.product,
                kind=kind,
                day=day,
                amount=amount,
                currency=contract.currency,
                contract=contract.id,
                number=f"{letter}-{day.year % 100:02}{day.month:02}-{self.number}{count:03}",
            )
        )
