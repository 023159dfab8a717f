"""Twelve quarters of one partner: customers are won, contracts run, are renewed or lost, deals are won, lost or open.

How deployments go and what customers answer is in `delivery.py`; it moves the satisfaction from which renewals follow:
that is the planted chain, late go-live, lower answer, fewer renewals.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from partnerdesk.engine.facts import Contract, Customer, Deal, Fact
from partnerdesk.engine.period import Period, add_months, periods
from partnerdesk.ops.sample.billing import Billing
from partnerdesk.ops.sample.cast import AS_OF, CURRENCIES, FIRST, LAST, Profile
from partnerdesk.ops.sample.dealing import SAYS, STAGES, credits, stages
from partnerdesk.ops.sample.delivery import Delivery
from partnerdesk.ops.sample.dice import Dice, Spread, parts

BEFORE = tuple(periods(date(2023, 1, 1), date(2023, 12, 31), "quarter"))
QUARTERS = tuple(periods(FIRST, LAST, "quarter"))
SEASON = {1: 90, 2: 100, 3: 95, 4: 115}
LOST = ("Budget moved to next year", "A rival was cheaper", "No decision", "Project stopped by the board")
STEPS = ("Demo with the department heads", "Send the offer", "Security review", "Price approval", "Reference call")
LEFT = ("Moved to a rival", "Merged with another company", "Use stayed low", "Budget cut")


@dataclass(slots=True)
class Account:
    """A customer as it stands: `satisfaction` in tenths of a point from 10 to 50."""

    id: str
    satisfaction: int
    products: list[str]
    asked: date = FIRST


class Story:
    """Tells one partner's years and collects the rows."""

    def __init__(self, profile: Profile, seed: int, names: Iterator[str], helper: str | None) -> None:
        self.profile, self.names, self.helper = profile, names, helper
        self.number = profile.partner.id[2:]
        self.dice = Dice(seed, profile.partner.id, profile.salt, "story")
        self.delivery, self.billing = Delivery(profile, seed), Billing(profile, seed)
        self.rows: list[Fact] = []
        self.accounts: list[Account] = []
        self.contracts: list[Contract] = []
        self.churn, self.shared = Spread(), Spread(30)
        self.due = 0  # revenue planned and not yet won
        self.counts = {"C": 0, "D": 0, "K": 0}

    def tell(self) -> None:
        """The years before, each quarter, and what is still open."""
        for quarter in BEFORE:
            self.earlier(quarter)
        for quarter in QUARTERS:
            grown = self.renewals(quarter)
            self.wins(quarter, grown)
            if self.dice.between(0, 99) < 30:
                self.lost(quarter)
        for _ in range(self.dice.between(2, 3)):
            self.open_deal()

    def told(self) -> list[Fact]:
        """All rows of the partner's deals, contracts, payments and deliveries, once everything has happened."""
        for contract in self.contracts:
            self.billing.bill(contract)
            if contract.outcome == "open" and contract.end and contract.end < AS_OF + timedelta(days=70):
                self.delivery.ask(self.account(contract), contract)
        self.delivery.cases([account.id for account in self.accounts])
        return [*self.rows, *self.contracts, *self.billing.rows, *self.delivery.rows]

    def id(self, letter: str) -> str:
        self.counts[letter] += 1
        return f"{letter}-{self.number}{self.counts[letter]:02}"

    # Customers and contracts ------------------------------------------------

    def customer(self) -> Account:
        account = Account(self.id("C"), self.profile.temper.csat, [])
        country = self.profile.partner.country
        segment = self.dice.pick(("enterprise", "mid-market", "mid-market", "small"))
        name = next(self.names)
        self.rows.append(Customer(id=account.id, name=name, country=country, segment=segment))
        self.accounts.append(account)
        return account

    def earlier(self, quarter: Period) -> None:
        """A quarter of 2023, before the program's first day: who was won then, and services for the rest."""
        left = self.planned(quarter)
        if len(self.accounts) < self.profile.customers:
            account, day = self.customer(), self.dice.workday(quarter.start, quarter.end)
            amount = self.profile.local(self.profile.deal * self.dice.between(40, 75) // 100)
            left -= amount
            deal = replace(self.deal(account, day, amount, "new", "PR-1"), stage="Won", status="won", closed=day)
            self.contract(account, "PR-1", add_months(day.replace(day=1), 1), self.yearly(self.euros(amount)), deal.id)
            self.rows.append(deal)
        if left > 0:
            day = self.dice.workday(quarter.start, quarter.end)
            deal = self.deal(self.dice.pick(self.accounts), day, left, "services", "PR-6")
            self.rows.append(replace(deal, stage="Won", status="won", closed=day))

    def planned(self, quarter: Period) -> int:
        """The revenue of a whole quarter in the partner's currency."""
        season = SEASON[quarter.start.month // 3 + 1]
        return self.profile.local(self.profile.revenue_of(quarter.start.year) * season // 400)

    def yearly(self, euros: int) -> int:
        """A yearly amount that divides into quarters without cents."""
        return max(self.profile.local(euros) // 400 * 400, 400)

    def euros(self, amount: int) -> int:
        return amount * 100 // CURRENCIES[self.profile.partner.currency][0]

    def contract(
        self, account: Account, product: str, start: date, recurring: int, deal: str | None, old: Contract | None = None
    ) -> Contract:
        cadence = old.cadence if old else self.dice.weighted((("year", 75), ("quarter", 25)))
        account.products.append(product)
        row = Contract(
            id=self.id("K"),
            partner=self.profile.partner.id,
            customer=account.id,
            product=product,
            deal=deal,
            start=start,
            end=add_months(start, 12) - timedelta(days=1),
            recurring=Decimal(recurring),
            cadence=cadence,
            currency=self.profile.partner.currency,
            seats=recurring // self.profile.local(600) + 5,
            renewal_of=old.id if old else None,
            notice_days=old.notice_days if old else self.dice.pick((30, 60, 90)),
            owner=self.profile.partner.owner if self.dice.between(0, 9) else None,
        )
        self.contracts.append(row)
        return row

    def renewals(self, quarter: Period) -> int:
        """Decides on the contracts that end in a quarter; returns how much they grew, in the partner's currency."""
        grown = 0
        for at, contract in enumerate(list(self.contracts)):
            if contract.outcome == "open" and contract.end and contract.end in quarter and contract.end <= AS_OF:
                self.delivery.ask(self.account(contract), contract)
                decided = self.decided(contract, quarter)
                self.contracts[at] = decided
                grown += self.follow(decided)
        return grown

    def decided(self, contract: Contract, quarter: Period) -> Contract:
        """How a contract ends: customers with low answers leave more often."""
        account = self.account(contract)
        base, end = self.profile.temper_in(quarter.label).churn, contract.end or AS_OF
        factor = 25 if account.satisfaction >= 42 else 90 if account.satisfaction >= 36 else 330
        on = end - timedelta(days=self.dice.between(4, 30))
        recurring = int(contract.recurring or 0)
        if self.churn.next(min(base * factor // 100, 90)):
            return replace(contract, outcome="churned", outcome_on=end, reason=self.dice.pick(LEFT))
        how = self.dice.weighted((("renewed", 66), ("expanded", 22), ("contracted", 12 if factor > 25 else 5)))
        percent = {"renewed": 100, "expanded": self.dice.between(112, 140), "contracted": self.dice.between(70, 92)}
        after = max(recurring * percent[how] // 100 // 400 * 400, 400)
        return replace(contract, outcome=how, outcome_on=on, outcome_amount=Decimal(after))

    def follow(self, contract: Contract) -> int:
        """The next term of a contract that goes on; an expansion is a deal of its own."""
        if contract.outcome == "churned" or contract.end is None or contract.outcome_on is None:
            return 0
        account, after = self.account(contract), int(contract.outcome_amount or 0)
        self.contract(account, contract.product or "", contract.end + timedelta(days=1), after, contract.deal, contract)
        growth = after - int(contract.recurring or 0)
        if growth <= 0:
            return 0
        self.won(account, contract.outcome_on, growth, "expansion", contract.product or "PR-1")
        return growth

    def account(self, contract: Contract) -> Account:
        return next(a for a in self.accounts if a.id == contract.customer)

    # Deals --------------------------------------------------------------------

    def wins(self, quarter: Period, grown: int) -> None:
        """The deals of a quarter, which together with expansions make the revenue planned for it."""
        last = min(quarter.end, AS_OF)
        passed, whole = (last - quarter.start).days + 1, (quarter.end - quarter.start).days + 1
        step = CURRENCIES[self.profile.partner.currency][1]
        self.due += self.planned(quarter) * passed // whole // step * step - grown
        usual = self.profile.local(self.profile.deal)
        count = (self.due * 10 + usual * 5) // (usual * 10)  # too little for a deal waits for the next quarter
        total, self.due = (self.due, 0) if count > 0 else (0, self.due)
        for amount in parts(total, count, step, self.dice) if count > 0 else ():
            kind = self.dice.weighted((("new", 38), ("cross-sell", 16), ("upsell", 26), ("services", 20)))
            day = self.dice.workday(quarter.start, last)
            if kind == "new" or not self.current():
                self.won(self.customer(), day, amount, "new", "PR-1")
            else:
                account = self.dice.pick(self.current())
                product = {"cross-sell": self.other_product(account), "services": "PR-6"}.get(kind, "PR-1")
                self.won(account, day, amount, kind, product)

    def current(self) -> list[Account]:
        """Customers with a contract that goes on."""
        going = {c.customer for c in self.contracts if c.outcome == "open"}
        return [a for a in self.accounts if a.id in going]

    def other_product(self, account: Account) -> str:
        left = [p for p in ("PR-2", "PR-3", "PR-4", "PR-5") if p not in account.products]
        return self.dice.pick(left or ["PR-5"])

    def won(self, account: Account, day: date, amount: int, kind: str, product: str) -> Deal:
        """A won deal and what follows from it: a contract and a deployment for something new."""
        deal = replace(
            self.deal(account, day - timedelta(days=self.dice.between(55, 130)), amount, kind, product),
            stage="Won",
            status="won",
            closed=day,
        )
        if kind in ("new", "cross-sell"):
            start = add_months(day.replace(day=1), 1)
            recurring = self.yearly(self.euros(amount) * 68 // 100)
            deal = replace(deal, recurring=Decimal(recurring))
            self.contract(account, product, start, recurring, deal.id)
            self.delivery.deploy(account, deal, day)
        self.rows.append(deal)
        self.rows += stages(deal)
        if kind == "new" and self.helper and self.shared.next(35):
            self.rows += credits(deal, self.helper)
        return deal

    def deal(self, account: Account, created: date, amount: int, kind: str, product: str) -> Deal:
        customer = next(r for r in self.rows if isinstance(r, Customer) and r.id == account.id)
        return Deal(
            id=self.id("D"),
            partner=self.profile.partner.id,
            customer=account.id,
            product=product,
            name=f"{customer.name}, {SAYS[kind]}",
            kind=kind,
            role=self.dice.weighted((("sourced", 70), ("managed", 20), ("assisted", 10))),
            created=created,
            registered=created + timedelta(days=self.dice.between(1, 9)),
            amount=Decimal(amount),
            currency=self.profile.partner.currency,
            owner=self.profile.partner.owner,
        )

    def lost(self, quarter: Period) -> None:
        day = self.dice.workday(quarter.start, min(quarter.end, AS_OF))
        account = self.dice.pick(self.current() or self.accounts)
        amount = self.profile.local(self.profile.deal * self.dice.between(50, 140) // 100)
        started = day - timedelta(days=self.dice.between(40, 110))
        deal = self.deal(account, started, amount, self.dice.pick(("upsell", "cross-sell")), "PR-2")
        reason = self.dice.pick(LOST)
        deal = replace(deal, stage="Lost", status="lost", closed=day, lost_reason=reason)
        self.rows += [deal, *stages(deal)]

    def open_deal(self) -> None:
        """A deal of the pipeline, dated within the next two quarters."""
        account = self.dice.pick(self.current() or self.accounts)
        amount = self.profile.local(self.profile.deal * self.dice.between(50, 170) // 100)
        stage = self.dice.pick(STAGES)
        kind = self.dice.weighted((("new", 50), ("cross-sell", 30), ("upsell", 20)))
        account = self.customer() if kind == "new" else account
        created = AS_OF - timedelta(days=self.dice.between(20, 110))
        deal = replace(
            self.deal(account, created, amount, kind, "PR-1" if kind == "new" else self.other_product(account)),
            stage=stage,
            expected_close=AS_OF + timedelta(days=self.dice.between(8, 170)),
            recurring=Decimal(self.yearly(self.euros(amount) * 68 // 100)),
            probability=Decimal((20, 35, 55, 75)[STAGES.index(stage)]) / 100,
            next_step=self.dice.pick(STEPS),
        )
        self.rows.append(deal)
        self.rows += stages(deal)
