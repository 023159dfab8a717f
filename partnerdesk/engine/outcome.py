"""What an evaluation returns: metrics, scores, standing, earning lines, ledger entries, statements, per partner.

Every type is generic over its numbers: Decimals in values mode (whole books, screens, documents), `Figure`s in
figures mode (the Why of one partner). Amounts are in the partner's statement currency unless a field says otherwise.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from partnerdesk.engine.figure import Excluded, Figure
from partnerdesk.engine.period import Period
from partnerdesk.engine.problem import Problem

N = TypeVar("N")

HELD, PAYABLE = "held", "payable"
TOPUP = "TOPUP"  # the type of a safety net's line


@dataclass(frozen=True, slots=True)
class RuleRef:
    """A rule of a program version: its key path (`earning.upfront`), printed clause id, the version, and its module.

    The path names the rule whatever its terms are; `module` says which module they come from.
    """

    key: str
    reference: str
    version: str
    effective_from: date
    module: str | None = None


@dataclass(frozen=True, slots=True)
class MetricResult(Generic[N]):
    """`value` is None when the metric is not evaluated; `missing` then says why. Shares are 0..1 with unit "%".

    `days` are the first and the last day of its window.
    """

    metric: str
    label: str
    unit: str
    value: N | None
    missing: str = ""
    counted: int = 0
    excluded: tuple[Excluded, ...] = ()
    days: tuple[date | None, date | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Component(Generic[N]):
    """One metric of the score, or a category with `parts`: `points` on the scale, `adds` = weight share x points.

    Points that count as they are have no weight; `adds` is never more than the part may add.
    """

    metric: str
    label: str
    unit: str
    weight: Decimal  # percent of the whole
    measured: N | None
    points: N
    adds: N
    minimum: Decimal | None
    met_minimum: bool
    target: Decimal | None = None  # the measure at which the scale ends
    missing: str = ""
    more_than: Decimal | None = None
    parts: tuple["Component[N]", ...] = ()


@dataclass(frozen=True, slots=True)
class Score(Generic[N]):
    """The score of a period; `track` names the set of parts that counted, `scope` the value that it was taken for.

    `scopes` holds the scores of single values, where there are any; `components` are then those of the value that
    counted, or one for each value where all of them do.
    """

    period: Period
    total: N
    components: tuple[Component[N], ...]
    rule: RuleRef
    track: str = ""
    scope: str = ""
    scopes: tuple["Score[N]", ...] = ()


@dataclass(frozen=True, slots=True)
class Requirement(Generic[N]):
    """A gate of a tier, or an all/any/at-least group of gates (`parts`)."""

    text: str
    kind: str  # score, metric, all, any, at_least, held_tier
    met: bool
    value: N | None = None
    needed: Decimal | None = None
    gap: N | None = None  # what is missing, zero or more
    unit: str = ""
    metric: str = ""
    parts: tuple["Requirement[N]", ...] = ()
    missing: str = ""


@dataclass(frozen=True, slots=True)
class TierView(Generic[N]):
    """One tier of the program as it stands for a partner in a period."""

    name: str
    rank: int  # 0 is the lowest
    score_floor: Decimal | None
    requirement: Requirement[N]
    benefits: tuple[str, ...] = ()


DONE, CURRENT, OPEN = "done", "current", "open"


@dataclass(frozen=True, slots=True)
class StageView(Generic[N]):
    """A stage of the partner's life in the program: its state, what completes it, its milestones, what pays for it."""

    name: str
    says: str
    state: str  # done, current or open
    requirement: Requirement[N] | None
    milestones: tuple[str, ...] = ()
    incentive: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """A tier change that the figures of a period call for: proposed to a person, or decided for a day to come."""

    period: Period
    from_tier: str
    to_tier: str
    effective: date
    up: bool


@dataclass(frozen=True, slots=True)
class Review:
    """The next review in one direction: of which period, when its moves take effect, what protects the tier."""

    up: bool
    period: Period
    effective: date
    moves: str  # automatic or confirmed
    protected_until: date | None = None
    protection: str = ""


@dataclass(frozen=True, slots=True)
class Standing(Generic[N]):
    """Tier `tier` in force at the period's end, `reached` by the figures, all `tiers` low to high.

    `stays` says why the tier in force is another than the one reached, `coming` is a move that is decided for a later
    day, `reviews` are the next ones down and up.
    """

    period: Period
    tier: str
    rank: int
    since: date | None
    reached: str
    tiers: tuple[TierView[N], ...]
    next_tier: str | None
    points_short: N | None  # to the next tier's score floor, zero or more; None without such a floor
    proposal: Move | None
    rule: RuleRef
    reviews: tuple[Review, ...] = ()
    coming: Move | None = None
    stays: str = ""


class Workings(NamedTuple, Generic[N]):
    """What a line's amount needs beyond base x rate (or slices) x factor x share.

    `fixed` amounts are added before the multipliers; with `on_metric` the slices cut a metric and their sum multiplies
    the base; a line that pays an increment counts the bases `before` it and takes off what earlier lines `paid`;
    `least` and `most` bound the result, mirrored below zero.
    """

    fixed: N | None = None
    on_metric: bool = False
    before: N | None = None
    paid: N | None = None
    least: Decimal | None = None
    most: Decimal | None = None


class EarningLine(NamedTuple, Generic[N]):
    """One earning: base x rate x factor x share = `computed`, rounded; `effect` is what caps and floors changed.

    A named tuple, because a whole book makes many thousands of them. `share` is the partner's credit, `steps` the
    slices of a banded base: (amount in the band, its rate).
    """

    id: str
    rule: RuleRef
    type: str  # UPFRONT, RECURRING, MILESTONE, BONUS, REBATE, TOPUP ...
    says: str
    partner: str
    event: date
    process: date
    period: Period
    base: N
    rate: N | None
    factor: N | None
    share: N | None
    computed: N
    effect: N
    amount: N
    currency: str
    base_currency: str
    exchange: Decimal | None
    because: str
    fact_kind: str = ""
    fact_id: str = ""
    deal: str | None = None
    contract: str | None = None
    customer: str | None = None
    product: str | None = None
    tier: str = ""
    steps: tuple[tuple[Decimal, Decimal], ...] = ()
    effect_note: str = ""
    base_unit: str = ""  # where the base is no money: what is counted
    workings: "Workings[N] | None" = None  # of lines of a less simple shape

    @property
    def reason(self) -> str:
        """The sentence a partner reads beside the amount."""
        from partnerdesk.engine.reasons import line_reason

        return line_reason(self)


class Entry(NamedTuple, Generic[N]):
    """A dated movement in one bucket. Transfers come in pairs that net to zero."""

    id: str
    kind: str  # accrual, deferral, holdback, release, forfeiture, clawback, topup, adjustment, trueup, payment, opening
    bucket: str  # held or payable
    day: date
    period: Period
    amount: N
    partner: str
    line: str = ""
    type: str = ""  # the line's type, for accruals and what follows from them
    rule: RuleRef | None = None
    note: str = ""
    reference: str = ""


# A line and an entry from their fields in order. Many thousands are made, and naming the fields of each costs more
# than all the arithmetic.
line_of: Callable[[tuple[Any, ...]], EarningLine[Any]] = partial(tuple.__new__, EarningLine)
entry_of: Callable[[tuple[Any, ...]], Entry[Any]] = partial(tuple.__new__, Entry)


@dataclass(frozen=True, slots=True)
class Held(Generic[N]):
    """An amount that is not yet payable, as of the statement's end."""

    id: str
    line: str
    kind: str  # vesting, holdback or eligibility
    amount: N
    released: N
    remaining: N
    next_release: date | None
    condition: str
    schedule: tuple[tuple[date, N], ...] = ()


@dataclass(frozen=True, slots=True)
class Row(Generic[N]):
    """A row of the roll-forward; `reference` says where its detail stands."""

    key: str
    label: str
    held: N
    payable: N
    total: N
    reference: str = ""
    transfer: bool = False


@dataclass(frozen=True, slots=True)
class CheckResult:
    name: str
    difference: Decimal

    @property
    def is_ok(self) -> bool:
        return self.difference == 0


@dataclass(frozen=True, slots=True)
class Statement(Generic[N]):
    """opening + movements = closing, in held, payable and total. `rows` run from opening to closing."""

    partner: str
    period: Period
    currency: str
    rows: tuple[Row[N], ...]
    lines: tuple[EarningLine[N], ...]
    entries: tuple[Entry[N], ...]
    held: tuple[Held[N], ...]
    uncounted: tuple[Excluded, ...]
    checks: tuple[CheckResult, ...]
    tier: str = ""
    score: N | None = None

    def row(self, key: str) -> Row[N]:
        """The row `key`: opening, earned.<TYPE>, deferred, holdback, released, clawback, forfeited, topup, adjusted,
        trueup, paid or closing."""
        return next(r for r in self.rows if r.key == key)


@dataclass(frozen=True, slots=True)
class Payout(Generic[N]):
    """What is due for a settlement period by the program's rules; payments alone say what was really paid.

    carried_in + moved + advanced - recovered = paid + carried - invoiced + lost.
    """

    key: str  # the period's label, with the type where types are settled apart: 2026-09|REBATE
    period: Period
    type: str
    rule: RuleRef
    cut: date  # the last day whose movements count
    day: date  # when it is paid
    is_running: bool  # the cut is still to come
    carried_in: N
    moved: N  # what became payable since the last cut, without payments
    advanced: N  # drawn on top of it
    recovered: N  # taken for earlier draws
    owed: N  # what is still to be recovered of draws
    paid: N
    carried: N  # to the next time; below zero for a debt
    invoiced: N  # to the partner
    lost: N  # forfeited; below zero for a debt that is waived
    because: str


@dataclass(frozen=True, slots=True)
class AtRisk(Generic[N]):
    """What a clawback could still take of a line, at most and on the next day; `until` is its last day, if any."""

    line: str
    cause: str
    amount: N
    until: date | None
    rule: RuleRef


@dataclass(frozen=True, slots=True)
class PartnerOutcome(Generic[N]):
    """All figures of one partner. Mappings are keyed by period label; metrics by (metric, period label).

    `payouts` are keyed by `Payout.key`, `at_risk` by the id of the line, `stages` by their names, as of the day.
    """

    partner: str
    currency: str
    metrics: Mapping[tuple[str, str], MetricResult[N]]
    scores: Mapping[str, Score[N]]
    standings: Mapping[str, Standing[N]]
    lines: tuple[EarningLine[N], ...]
    entries: tuple[Entry[N], ...]
    statements: Mapping[str, Statement[N]]
    problems: tuple[Problem, ...] = ()
    payouts: Mapping[str, Payout[N]] = field(default_factory=dict)
    at_risk: Mapping[str, tuple[AtRisk[N], ...]] = field(default_factory=dict)
    stages: Mapping[str, StageView[N]] = field(default_factory=dict)

    @property
    def stage(self) -> str:
        """The stage that the partner is in; empty without stages, or where all are done."""
        return next((view.name for view in self.stages.values() if view.state == CURRENT), "")


Outcome: TypeAlias = PartnerOutcome[Decimal]
Traced: TypeAlias = PartnerOutcome[Figure]


@dataclass(frozen=True, slots=True)
class Evaluation(Generic[N]):
    """The outcome of a program on facts as of a day."""

    program: str
    version: str
    program_hash: str
    as_of: date
    partners: Mapping[str, PartnerOutcome[N]]
    problems: tuple[Problem, ...] = field(default=())
