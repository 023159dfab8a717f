"""The blocks of a joint plan beside targets and objectives: people, accounts, whitespace, governance, 90 days, files.

Customers and products are named by the id of their fact. A whitespace cell is kept only where a person said something
about it; owned, in pipeline and gap are read from the book. An escalation outlives the version that it was raised
under, like an action; where it stands is its last step. People, whitespace and files live on in an agreed plan: they
are what is known, not what was promised.
"""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from partnerdesk.models.base import Day, Flag, Money, for_us_alone, freeze, metadata, of_our_making, personal
from partnerdesk.models.plans import FROZEN, LEVELS, SIDES, one_of, part, words

STRENGTHS = ("", "weak", "fair", "strong")
STANCES = ("", "champion", "supporter", "neutral", "risk")
CADENCES = ("weekly", "monthly", "quarterly", "yearly")
AXES = ("product", "family", "category")  # what the columns of a whitespace matrix stand for
RUNGS = 3

# The day of a quarter's review as the plan sets it; the review itself is a row of `review`.
plan_review = part(
    "plan_review",
    Column("quarter", Text, nullable=False),
    Column("day", Day),
    UniqueConstraint("plan", "quarter"),
    reported=("day",),
)

stakeholder = part(
    "stakeholder",
    Column("name", Text, nullable=False),
    Column("side", Text, nullable=False),
    words("role"),
    words("influence"),
    words("relationship"),
    words("stance"),
    Column("last_contact", Day),
    words("backup"),
    one_of("side", (*SIDES, "customer")),
    one_of("influence", LEVELS),
    one_of("relationship", STRENGTHS),
    one_of("stance", STANCES),
    locked=False,
)
personal(stakeholder.c.name, stakeholder.c.backup)

# A customer that both sides look after together; `customer` is empty where the book does not know it.
key_account = part(
    "key_account",
    Column("name", Text, nullable=False),
    words("customer"),
    words("vendor_part"),
    words("vendor_owner"),
    words("partner_part"),
    words("partner_owner"),
    words("cadence"),
    words("note"),
)
personal(key_account.c.vendor_owner, key_account.c.partner_owner)
for_us_alone(key_account.c.note)

# What a person said about a customer and a product (or a family or category of them, as `axis` says).
whitespace_cell = part(
    "whitespace_cell",
    Column("customer", Text, nullable=False),
    Column("product", Text, nullable=False),
    Column("axis", Text, nullable=False),
    Column("eligible", Flag, nullable=False, server_default="1"),
    Column("value", Money),
    words("currency"),
    words("fit"),
    words("next_step"),
    one_of("axis", AXES),
    one_of("fit", LEVELS),
    UniqueConstraint("plan", "customer", "product", "axis"),
    locked=False,
)

# What an objective works on: a cell of the whitespace (`customer` and `product`) or a deal.
objective_link = Table(
    "objective_link",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("objective", Integer, ForeignKey("objective.id"), nullable=False),
    words("deal"),
    words("customer"),
    words("product"),
    words("axis"),
    CheckConstraint("(deal = '') = (customer <> '')", name="deal_or_cell"),
    UniqueConstraint("objective", "deal", "customer", "product"),
    sqlite_strict=True,
)
_status = "(SELECT p.status FROM plan p JOIN objective o ON o.plan = p.id WHERE o.id = {row}.objective)"
freeze(objective_link, "INSERT UPDATE DELETE", f"{_status} = 'closed'", *FROZEN)

# The ladder: who takes an escalation on at a level, and within how many days it is settled or goes up.
ladder_level = part(
    "ladder_level",
    Column("level", Integer, nullable=False),
    Column("who", Text, nullable=False),
    words("vendor"),
    words("partner"),
    Column("days", Integer, nullable=False),
    CheckConstraint(f"level BETWEEN 1 AND {RUNGS}", name="level_known"),
    CheckConstraint("days > 0", name="days_positive"),
    UniqueConstraint("plan", "level"),
)
personal(ladder_level.c.vendor, ladder_level.c.partner)

escalation = Table(
    "escalation",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("partner", Text, nullable=False),
    Column("plan", Integer, ForeignKey("plan.id"), nullable=False),
    Column("risk", Integer, ForeignKey("risk.id")),
    Column("text", Text, nullable=False),
    Column("raised_on", Day, nullable=False),
    words("raised_by"),
    Column("ended_on", Day),
    words("outcome"),
    sqlite_strict=True,
)
personal(escalation.c.raised_by)
for_us_alone(escalation.c.text, escalation.c.raised_by, escalation.c.outcome)
Index("ix_escalation_partner", escalation.c.partner)

escalation_step = Table(
    "escalation_step",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("escalation", Integer, ForeignKey("escalation.id"), nullable=False),
    Column("level", Integer, nullable=False),
    Column("day", Day, nullable=False),
    Column("answer_by", Day, nullable=False),
    words("owner"),
    words("words"),
    CheckConstraint(f"level BETWEEN 1 AND {RUNGS}", name="level_known"),
    CheckConstraint("answer_by >= day", name="days_in_order"),
    UniqueConstraint("escalation", "level"),
    sqlite_strict=True,
)
personal(escalation_step.c.owner)

rhythm = part(
    "rhythm",
    Column("meeting", Text, nullable=False),
    Column("cadence", Text, nullable=False),
    Column("minutes", Integer),
    words("who"),
    words("covers"),
    Column("optional", Flag, nullable=False, server_default="0"),
    one_of("cadence", CADENCES),
    CheckConstraint("minutes > 0", name="minutes_positive"),
)
personal(rhythm.c.who)

# A line of the 90-day motion; `week` is the Monday of the week in which it happens.
motion = part(
    "motion",
    Column("week", Day, nullable=False),
    Column("text", Text, nullable=False),
    Column("side", Text, nullable=False),
    words("owner"),
    Column("done_on", Day),
    one_of("side", SIDES),
    reported=("done_on",),
)
personal(motion.c.owner)

# A file or page that belongs to the plan, by its place; PartnerDesk never opens it unasked.
attachment = part(
    "attachment",
    Column("title", Text, nullable=False),
    Column("place", Text, nullable=False),
    words("about"),
    Column("added", Day, nullable=False),
    locked=False,
)
for_us_alone(attachment.c.about)
# A currency is nobody's word.
of_our_making(whitespace_cell, "currency")
