"""The lines of a partner before limits: each rule's events in order, with what earlier ones left behind."""

from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from tests.second.judge.account import Account
from tests.second.judge.aggregates import groups_that_count
from tests.second.judge.bands import Paid
from tests.second.judge.bases import base_of, currency_of
from tests.second.judge.book import find
from tests.second.judge.bounds import NothingEarned, bounded
from tests.second.judge.events import below_at, events_of, period_named
from tests.second.judge.filters import customer_of, is_money, look
from tests.second.judge.gates import may_earn
from tests.second.judge.held import tier_below
from tests.second.judge.line import EARNING, Event, Line, Rule
from tests.second.judge.money import NoRate, rate_of, rounded
from tests.second.judge.rates import Rating, Running, multiplied, note_paid, rated_above, share_of
from tests.second.judge.streams import named, termed
from tests.second.judge.tree import is_in_branch


class Earned:
    """All lines of one partner before its limits; those of partners below it are asked for with theirs."""

    def __init__(self, account: Account) -> None:
        self.account, self.running = account, Running()
        self.told: dict[str, list[Told]] = {}
        self.ids: set[str] = set()

    def lines(self) -> list[Line]:
        """In order of day, of the rules' order in the text, and of what they came from."""
        names = list(dict.fromkeys(name for version in self.account.case.versions for name in version.earning))
        found = [(self._place(line), line) for name in names for line in self.of(name)]
        return [line for _, line in sorted(found, key=lambda placed: placed[0])]

    def _place(self, line: Line) -> tuple[object, ...]:
        return line.event, list(line.version.earning).index(line.earning), line.id

    def of(self, name: str, through: date | None = None) -> list[Line]:
        """The lines of an earning up to a day, under all versions."""
        day = through or self.account.as_of
        if name not in self.told:
            having = [version for version in self.account.case.versions if name in version.earning]
            rules = [Rule(self.account.under(version), version, name, version.earning[name]) for version in having]
            self.told[name] = [Told(rule) for rule in rules]
        self._tell(self.told[name], day)
        return [line for told in self.told[name] for line in told.lines if line.event <= day]

    def _tell(self, rules: "list[Told]", day: date) -> None:
        """Makes the lines of the events up to a day, in order of (day, id); while one is made, no later one is."""
        coming = []
        for number, told in enumerate(rules):
            if day > told.through:
                found = events_of(self.account, told.rule, self._lines_of, day)
                coming += [(event.day, event.id, number, place, event) for place, event in enumerate(found)]
        for *_, number, place, event in sorted(coming, key=lambda one: one[:4]):
            told = rules[number]
            if place == told.done:
                told.done += 1
                line = self.line(told.rule, event)
                told.lines += [self._alone(line)] if line is not None else []
        for told in rules:
            told.through = max(day, told.through)

    def _alone(self, line: Line) -> Line:
        """A line whose id no earlier one has: what has it already, under another version or of another partner below,
        is told apart by the day on which the line's version begins.
        """
        if line.id in self.ids:
            return self._alone(replace(line, id=f"{line.id}:{self.account.begins(line.version)}"))
        self.ids.add(line.id)
        return line

    def _lines_of(self, account: Account, name: str, day: date) -> list[Line]:
        """Own lines before limits; those of a partner below after its own."""
        if account is self.account:
            return self.of(name, day)
        from tests.second.judge.paid import lines_of

        return [line for line in lines_of(account) if line.earning == name and line.event <= day]

    def line(self, rule: Rule, event: Event) -> Line | None:
        account, earning = self.account, rule.earning
        if not may_earn(account, rule.version, event.day):
            return None
        if not account.meets(rule.version, earning.when, event.asked):
            return None
        try:
            if not _is_among(rule, event):
                return None
            asked = Rating(account, rule, event, self._tier(rule, event), self.running)
            if earning.tier_of == "difference":
                asked.less = self._theirs(rule, event)
            amount = _increment(asked) if earning.increment_over else _amount(asked)
        except (NoRate, NothingEarned):
            return None
        if amount is None or _is_too_little(rule, amount):
            return None
        line = _made(account, rule, event, amount)
        note_paid(account, line, event, self.running)
        return line

    def _tier(self, rule: Rule, event: Event) -> str:
        if event.tier:
            return event.tier
        if rule.earning.tier_of == "theirs":
            return self._theirs(rule, event)
        return self.account.tier_on(self._tier_day(rule, event))

    def _theirs(self, rule: Rule, event: Event) -> str:
        """The tier of the partner below whose event it is."""
        own = next(
            one for one in below_at(self.account, rule.earning.level) if one.case.partner.id == event.case.partner.id
        )
        return tier_below(own, self._tier_day(rule, event))

    def _tier_day(self, rule: Rule, event: Event) -> date:
        account, way = self.account, rule.earning.tier_as_of
        if way in ("stream start", "stream renewal", "registration"):
            return termed(rule, event, way)
        last = event.ruled or account.case.last_day(event.asked)
        days = {"period start": event.asked.start, "period end": last}
        return days.get(way, event.ruled or event.day)


@dataclass
class Told:
    """A rule, how many of its events are looked at, up to which day, and the lines that they gave."""

    rule: Rule
    done: int = 0
    through: date = date.min
    lines: list[Line] = field(default_factory=list)


def _amount(asked: Rating) -> Fraction | None:
    """Base x rate x multipliers x credited share, at least and at most what the rule allows."""
    earning = asked.rule.earning
    if earning.amount is not None:
        base, paid = Fraction(earning.amount), Paid(Fraction(earning.amount), is_fixed=True)
    else:
        measured = base_of(asked.account, asked.rule, asked.event)
        found = rated_above(asked, measured) if measured else None
        if measured is None or found is None:
            return None
        base, paid = measured, found
    share = Fraction(1) if paid.is_fixed else share_of(asked)
    return bounded(asked, paid.amount * multiplied(asked) * share, base)


def _increment(asked: Rating) -> Fraction | None:
    """What the bases of the unit earn together, less what its earlier lines paid."""
    earning, running, name = asked.rule.earning, asked.running, asked.rule.name
    base = base_of(asked.account, asked.rule, asked.event)
    if base is None:
        return None
    base *= share_of(asked)
    unit = period_named(asked.account.case, asked.event.day, earning.increment_over)
    whole = base + (running.of("bases", name, unit) if earning.increment_of == "sum" else 0)
    running.sums["bases", name, unit] = whole
    paid = rated_above(asked, whole)
    if paid is None:
        return None
    before = ("paid", name, unit) in running.sums
    amount = paid.amount * multiplied(asked) - running.of("paid", name, unit)
    amount = _rounded(asked.rule, bounded(asked, amount, 0 if before else base))
    if (not base and not amount) or _is_too_little(asked.rule, amount):
        return None
    running.add(amount, "paid", name, unit)
    return amount


def _is_among(rule: Rule, event: Event) -> bool:
    """Whether the event's group counts in one metric, and in another does not. Raises NoRate."""
    for name, is_wanted in ((rule.earning.among, True), (rule.earning.without, False)):
        if name:
            metric = rule.case.program.metric[name]
            assert metric.groups
            by, own = metric.groups.by, event.fact.customer if event.kind == EARNING else None
            if event.kind != EARNING:
                own = customer_of(event.case, event.fact)
            if by != "customer":
                own = look(event.case, event.kind, event.fact, by)
            if (own in groups_that_count(rule.case, metric, event.asked)) != is_wanted:
                return False
    return True


def _is_too_little(rule: Rule, amount: Fraction) -> bool:
    return abs(_rounded(rule, amount)) < (rule.earning.nothing_below or 0)


def _rounded(rule: Rule, amount: Fraction) -> Fraction:
    rounding = rule.version.rounding
    return rounded(amount, rounding.decimals, rounding.mode) if rounding.point == "line" else amount


def _when(event: Event) -> str:
    """What names an event without a fact: its tier and day, and the last day of a version that ended before it."""
    return f"{event.tier}:{event.day}" + (f":{event.ruled}" if event.ruled else "")


def _told_apart(rule: Rule, event: Event) -> str:
    """What a line adds to its name where a partner below is paid for a fact of nobody's in its branch, such as a deal
    on which it is credited: two of them may be.
    """
    if rule.earning.of != "sub-partners" or event.fact is None:
        return ""
    fact = event.fact
    if event.kind == EARNING:
        named = ((fact.kind, fact.fact), ("deal", fact.deal), ("contract", fact.contract))
        rows = (find(event.case, kind, id) for kind, id in named if kind != EARNING and id)
        fact = next((row for row in rows if row is not None), None)
    return "" if is_in_branch(event.case, getattr(fact, "partner", None)) else f":{event.case.partner.id}"


def _made(account: Account, rule: Rule, event: Event, amount: Fraction) -> Line:
    fact, kind, money = event.fact, event.kind, account.case.program.currency
    line = Line(
        id=f"{rule.name}:{event.id or _when(event)}{_told_apart(rule, event)}",
        key=f"earning.{rule.name}",
        earning=rule.name,
        type=rule.earning.type,
        version=rule.version,
        event=event.day,
        statement=event.statement,
        amount=_rounded(rule, amount),
        kind=kind,
        currency=money,
    )
    if fact is None:
        return line
    own = money if kind == EARNING else _currency(rule, event)
    exchange = rule.earning.exchange or rule.version.exchange
    return Line(
        **{f: getattr(line, f) for f in ("id", "key", "earning", "type", "version", "event", "statement", "amount")},
        kind=kind,
        fact=event.id,
        deal=named(fact, kind, "deal"),
        contract=named(fact, kind, "contract"),
        paid_on=fact if kind == EARNING else None,
        owner=event.case.partner.id if kind == EARNING else "",
        customer=fact.customer if kind == EARNING else customer_of(event.case, fact),
        product=getattr(fact, "product", None),
        currency=own,
        rate=None if own == money else rate_of(rule.case, own, event.day, exchange),
    )


def _currency(rule: Rule, event: Event) -> str:
    """The currency of what the line is paid on: the program's where that is no amount of the event."""
    base, own = rule.earning.base, rule.case.program.currency
    if base.by_currency and rule.earning.amount is None:
        return currency_of(rule, event)
    is_own = rule.earning.amount is None and not base.metric and is_money(event.kind, base.attribute)
    return str(event.fact.currency) if is_own else own
