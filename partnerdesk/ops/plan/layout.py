"""What of a plan stands in the workbook that its partner fills in: the blocks, their fields, and who may change which.

A field that is not named here is not in the workbook, and cannot come back in it: nothing internal has a place.
"""

from dataclasses import dataclass

from partnerdesk.models.plan_blocks import CADENCES
from partnerdesk.models.plans import LEVELS
from partnerdesk.ops.joint.plan_parts import MOST_TARGETS
from partnerdesk.queries.joint.review_periods import spoken
from partnerdesk.reports.plan.sheets import CHOICE, COUNT, DAY, FRONT, NUMBER, TEXT

WORDS, REPORT, NEVER = "words", "report", "never"  # open until the plan is agreed, until it is closed, or not at all
SIDES = ("vendor", "partner")
GOING = ("in progress", "on track", "at risk", "done", "dropped")
NEXT_STEP = "next_step"


@dataclass(frozen=True, slots=True)
class Field:
    """A column: `name` is that of the book's column, or `value:2027Q1` and `actual:2027Q1` of a target's quarter."""

    name: str
    title: str
    kind: str = TEXT
    when: str = WORDS
    width: int = 26
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A sheet. `attribute` holds its rows in a `PlanView`; `named` is the field that a row is called by. A block that
    `grows` takes new rows, `most` rows altogether where there is a limit.
    """

    key: str
    attribute: str
    sheet: str
    noun: str
    named: str
    says: str
    fields: tuple[Field, ...]
    grows: bool = True
    most: int | None = None

    def field(self, name: str) -> Field | None:
        return next((field for field in self.fields if field.name == name), None)


def _choice(name: str, title: str, choices: tuple[str, ...], when: str = WORDS, width: int = 14) -> Field:
    return Field(name, title, CHOICE, when, width, tuple(choice for choice in choices if choice))


_PLAN = (
    Field("thesis", "Why this partnership, this year"),
    Field("partner_goals", "What you want, a line each"),
    Field("vendor_goals", "What we want", when=NEVER),
    Field("ideal_customer", "Ideal customer"),
    Field("value_proposition", "What we offer together"),
    Field("competitors", "Who else is asked"),
    Field("wins", "What went well between us"),
    Field("friction", "Where it rubbed"),
    Field("partner_owner", "Owner on your side"),
    Field("partner_sponsor", "Executive sponsor on your side"),
    Field("vendor_owner", "Owner on our side", when=NEVER),
    Field("vendor_sponsor", "Executive sponsor on our side", when=NEVER),
    Field("kickoff", "Kick-off", DAY),
)
_TARGET = (
    Field("label", "Target", width=30),
    Field("unit", "Unit", width=10),
    Field("baseline", "Baseline", NUMBER, width=13),
    _choice("confidence", "Confidence", LEVELS),
)
_OBJECTIVE = (
    Field("title", "Objective", width=30),
    Field("why", "Why", width=30),
    Field("metric", "Measured by", width=20),
    Field("unit", "Unit", width=10),
    Field("target", "Target", NUMBER, width=11),
    Field("actual", "Reached", NUMBER, REPORT, 11),
    Field("due", "Due", DAY, width=13),
    Field("vendor_commitment", "We commit", width=32),
    Field("vendor_owner", "Owner on our side", width=20),
    Field("partner_commitment", "You commit", width=32),
    Field("partner_owner", "Owner on your side", width=20),
    Field("funding", "Paid from", width=16),
    _choice("status", "Status", GOING, REPORT),
    Field("reason", "Reason", when=REPORT),
)
_ACCOUNT = (
    Field("name", "Customer", width=30),
    Field("vendor_part", "We do", width=36),
    Field("vendor_owner", "Owner on our side", width=20),
    Field("partner_part", "You do", width=36),
    Field("partner_owner", "Owner on your side", width=20),
    Field("cadence", "We meet", width=14),
)
_CELL = (
    Field("customer_name", "Customer", when=NEVER, width=34),
    Field("product_name", "Product", when=NEVER, width=28),
    Field("state", "State", when=NEVER, width=14),
    Field("value", "Worth a year", NUMBER, REPORT, 14),
    Field(NEXT_STEP, "Next step", when=REPORT, width=50),
)
_PERSON = (
    Field("name", "Name", when=REPORT, width=28),
    _choice("side", "Side", (*SIDES, "customer"), REPORT),
    Field("role", "Role", when=REPORT, width=30),
    Field("backup", "Stands in", when=REPORT),
)
_DECISION = (
    Field("decision", "Decision", width=32),
    Field("accountable", "Decides (one name)", width=24),
    Field("responsible", "Does it", width=22),
    Field("consulted", "Is asked before", width=22),
    Field("informed", "Is told", width=22),
    Field("limit_days", "Within days", COUNT, width=12),
    Field("fallback", "In silence", width=40),
)
_RISK = (
    Field("text", "Risk", width=40),
    _choice("likelihood", "Likelihood", LEVELS),
    _choice("impact", "Impact", LEVELS),
    Field("trigger", "We see it by", width=32),
    Field("mitigation", "What we do", width=32),
    Field("owner", "Owner", width=22),
)
_LEVEL = (
    Field("level", "Level", COUNT, NEVER, 8),
    Field("who", "Who", width=36),
    Field("vendor", "On our side", width=26),
    Field("partner", "On your side", width=26),
    Field("days", "Settled within days", COUNT, width=18),
)
_MEETING = (
    Field("meeting", "Meeting", width=30),
    _choice("cadence", "How often", CADENCES),
    Field("minutes", "Minutes", COUNT, width=10),
    Field("who", "Who", width=28),
    Field("covers", "What is looked at", width=44),
)
_STEP = (
    Field("week", "Week of", DAY, width=13),
    Field("text", "What happens", width=50),
    _choice("side", "Side", SIDES),
    Field("owner", "Owner", width=24),
    Field("done_on", "Done on", DAY, REPORT, 13),
)
_PROMISE = (
    Field("text", "Promise", when=REPORT, width=50),
    _choice("side", "Side", SIDES, REPORT),
    Field("owner", "Owner", when=REPORT, width=24),
    Field("due", "Due", DAY, REPORT, 13),
    _choice("status", "Status", ("open", "done", "dropped"), REPORT),
    Field("outcome", "What came of it", when=REPORT, width=36),
)


def blocks(quarters: tuple[str, ...]) -> tuple[Block, ...]:
    """The sheets of a plan whose period has these quarters, in their order."""
    fields = (
        *_TARGET,
        *(
            field
            for label in quarters
            for field in (
                Field(f"value:{label}", f"Target {spoken(label)}", NUMBER, width=15),
                Field(f"actual:{label}", f"Reached {spoken(label)}", NUMBER, REPORT, 16),
            )
        ),
    )
    sentences = {
        "own": "What you know and want comes first; tinted cells are yours to fill in.",
        "target": "What our program measures is filled in by us, the others you report. With the unit %, 95 is 95 %.",
        "cell": "What your customers do not use yet. Say what it may be worth a year, and what should happen next.",
    }
    both = "Each line needs what both sides do, and who."
    return (
        Block("plan", "", FRONT, "plan", "", sentences["own"], _PLAN, grows=False),
        Block("target", "targets", "Targets", "target", "label", sentences["target"], fields, most=MOST_TARGETS),
        Block("objective", "objectives", "Objectives", "objective", "title", both, _OBJECTIVE),
        Block("account", "accounts", "Key accounts", "key account", "name", both, _ACCOUNT),
        Block("cell", "", "Whitespace", "cell", "customer_name", sentences["cell"], _CELL, grows=False),
        Block("person", "people", "People", "person", "name", "Who carries the plan on either side.", _PERSON),
        Block("decision", "decisions", "Decisions", "decision right", "decision", "One name decides.", _DECISION),
        Block("risk", "risks", "Risks", "risk", "text", "What may go wrong, and who watches it.", _RISK),
        Block("level", "ladder", "Ladder", "level", "who", "Who settles what is stuck.", _LEVEL, grows=False),
        Block("meeting", "rhythm", "Rhythm", "meeting", "meeting", "When we meet, and what for.", _MEETING),
        Block("step", "motion", "Next 90 days", "line", "text", "What happens, week by week.", _STEP),
        Block("promise", "actions", "Promises", "action", "text", "What was promised, and how it goes.", _PROMISE),
    )
