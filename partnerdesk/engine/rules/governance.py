"""Who takes part and on which terms: eligibility, modules, clauses, transitions, disputes, lifecycle."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from partnerdesk.engine.rules.earnings import Earning
from partnerdesk.engine.rules.filters import Where
from partnerdesk.engine.rules.funds import Benefit, Fund
from partnerdesk.engine.rules.keys import UNITS, key
from partnerdesk.engine.rules.limits import Cap, Holdback, SafetyNet
from partnerdesk.engine.rules.metrics import Metric
from partnerdesk.engine.rules.tiers import Need


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputes:
    within_days: int = key("Calendar days from issue in which a line may be disputed", 30)
    answer_days: int = key("Calendar days from the day of a dispute in which we answer it", 20)
    meanwhile: str = key(
        "While a dispute is open, what of its line is payable and not paid yet: pay, or hold until it is decided. What "
        "became payable last is held, no more than there is; what is taken of the line meanwhile leaves it first",
        "pay",
        ("pay", "hold"),
    )
    reference: str = key("Clause", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A condition to take part, and what happens while it does not hold."""

    when: Need = key("What must hold in the period that holds the event's day, or the last day of what is settled")
    every: str = key("Which period is looked at", "month", UNITS)
    otherwise: str = key(
        "suspend: what is earned is held, and released at the end of the first later period in which it holds; "
        "forfeit: nothing is earned",
        "forfeit",
        ("suspend", "forfeit"),
    )
    says: str = key("The condition in words: an agreement in force", "")
    reference: str = key("Clause", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligibility:
    join: Need | None = key(
        "Which partners the program is for; others have no score, no tier and no earnings. Looked at in the statement "
        "period of each event, under the version whose rule it is, and in each period that is reviewed. What it "
        "measures of earnings, also through tiers, must lie before that period",
        None,
    )
    earn: Gate | None = key(
        "What must hold to earn. What it measures of earnings, also through tiers, must lie before the period that is "
        "looked at, unless it suspends",
        None,
    )
    pay: Gate | None = key("What must hold to be paid; what is withheld is carried (suspend) or lost (forfeit)", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """To what this version applies when it follows another."""

    applies_to: str = key(
        "events: every event from `effective_from` on; new streams: deals and contracts that begin from then on, older "
        "ones keep the version before, whose rule says what a stream is; retroactive: every event from `since` on, "
        "with re-run and true-up",
        "events",
        ("events", "new streams", "retroactive"),
    )
    since: date | None = key("With retroactive: the first day that is run again", None)
    reference: str = key("Clause", "")


FEWEST_OTHERS = 5  # partners below which nobody may see how the others do


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """What a partner may see of how the others do: median and quartiles, rounded and without any name."""

    metrics: tuple[str, ...] = key("Metrics that may be compared", (), example='["joint_growth"]')
    score: bool = key("Whether the score may be compared", False)
    among: str = key("With which other partners: all, or those of the same type", "all", ("all", "type"))
    least: int = key("How many others it takes, five or more", FEWEST_OTHERS)
    reference: str = key("Clause", "")


CLAUSES = ("term", "regional", "audit", "review", "remedy", "amendment", "data", "ending")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """What is agreed beside the figures: audit rights, remedies, amendments, regional clauses.

    No figure depends on it; it is said in the rules in words, and in the agreement of each partner that it is for.
    """

    kind: str = key(
        "term: any other term; regional: for a country or region; audit: who may look into what; review: when both "
        "sides meet; remedy: what follows a breach; amendment: how terms change, or a change that was agreed; data: "
        "what is shared and how it is kept; ending: notice, and what is paid afterwards",
        "term",
        CLAUSES,
    )
    says: str = key("Its name for people")
    text: str = key("The clause as the partner reads it, in whole sentences")
    partner: Where = key("Which partners, by any attribute; all by default", (), example='{ region = "Nordics" }')
    since: date | None = key("First day on which it holds; none for the version's own; written `from`", None)
    until: date | None = key("Last day on which it holds; none for as long as the version", None)
    reference: str = key("Clause", "")
    note: str = key("Why it exists", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """Terms for some partners, laid over the version: rules of the same name replace, others are added.

    Of a rule that exists already only the keys that differ need to be given. Where several modules fit a partner,
    they are laid over in the order of the text, the last one on top.
    """

    says: str = key("What it is for, in words")
    partner: Where = key(
        "Which partners, by any attribute; one alone by its id; all where nothing is said",
        (),
        example='{ type = "referral" }',
    )
    enrolled: bool = key(
        "Only for partners that are enrolled in it, by the enrolment of the day: the latest one in this program whose "
        "`module` names it. From that day on its terms apply, and those without it again from the first enrolment "
        "that does not name it; each event is ruled by the terms of its day, as under two versions",
        False,
    )
    reference: str = key("Clause", "")
    metric: Mapping[str, Metric] = key("Metrics", {})
    earning: Mapping[str, Earning] = key("Earnings", {})
    cap: Mapping[str, Cap] = key("Caps", {})
    safety_net: Mapping[str, SafetyNet] = key("Safety nets", {})
    holdback: Mapping[str, Holdback] = key("Holdbacks", {})
    fund: Mapping[str, Fund] = key("Funds", {})
    benefit: Mapping[str, Benefit] = key("Benefits", {})
    drops: tuple[str, ...] = key(
        "Earnings, caps, safety nets, holdbacks, funds and benefits that do not apply, by key; a limit that is left "
        "without any earning goes with them",
        (),
        example='["earning.upfront"]',
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage of a partner's life in the program; a partner is in the first stage that is not done.

    Stages are looked at in the running review period, on what is known by the as-of day.
    """

    name: str = key("Name of the stage")
    says: str = key("What it is about", "")
    done_when: Need | None = key("What completes it; nothing for a stage that goes on", None)
    milestones: tuple[str, ...] = key("What is to be reached in it", ())
    incentive: tuple[str, ...] = key("Earnings that pay for it", ())
