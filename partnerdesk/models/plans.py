"""The joint account plan and what follows from it: targets, objectives, decision rights, risks, and actions.

A plan is one row per version; what was agreed stays as it was, a revision is the next version. An action is what a
review calls a commitment: one table, so that nothing promised is kept in two places. Partners are named by the id of
their fact. An agreed plan is locked in the file itself, but for what reports how it goes, and a closed one as a whole;
which change is offered when is in `ops.joint.plans`. The plan's other blocks are in `models.plan_blocks`.
"""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint
from sqlalchemy.schema import SchemaItem

from partnerdesk.models.base import Day, Flag, Rate, freeze, metadata, of_our_making, personal, rows_for_us_alone

STATUSES = ("draft", "shared", "agreed", "in progress", "closed")
SIDES = ("vendor", "partner")
FROZEN = ("This plan is closed and stays as it was.", "Start a plan for the next period, or undo the closing.")
LOCKED = ("This plan is agreed and locked.", "Start its next version to change it.")
LEVELS = ("", "low", "medium", "high")
_AGREED, _KEPT = "('agreed', 'in progress')", "('agreed', 'in progress', 'closed')"


def words(name: str) -> "Column[str]":
    """A text that may be empty and is never missing."""
    return Column(name, Text, nullable=False, server_default="")


def one_of(column: str, choices: tuple[str, ...]) -> CheckConstraint:
    """The column holds one of these words."""
    listed = ", ".join(f"'{choice}'" for choice in choices)
    return CheckConstraint(f'"{column}" IN ({listed})', name=f"{column}_known")


plan = Table(
    "plan",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("partner", Text, nullable=False),
    words("title"),
    Column("start", Day, nullable=False),
    Column("end", Day, nullable=False),
    Column("version", Integer, nullable=False),
    Column("status", Text, nullable=False),
    words("thesis"),
    words("partner_goals"),
    words("vendor_goals"),
    words("ideal_customer"),
    words("value_proposition"),
    words("competitors"),
    words("wins"),
    words("friction"),
    words("template"),
    words("partner_owner"),
    words("partner_sponsor"),
    words("vendor_owner"),
    words("vendor_sponsor"),
    Column("kickoff", Day),
    Column("created", Day, nullable=False),
    Column("shared_on", Day),
    Column("agreed_on", Day),
    words("agreed_by"),
    Column("started_on", Day),
    Column("closed_on", Day),
    words("closing_words"),
    one_of("status", STATUSES),
    CheckConstraint('"start" <= "end"', name="days_in_order"),
    UniqueConstraint("partner", "start", "version"),
    sqlite_strict=True,
)
personal(plan.c.partner_owner, plan.c.partner_sponsor, plan.c.vendor_owner, plan.c.vendor_sponsor, plan.c.agreed_by)


def lock(table: Table, status: str, *reported: str) -> None:
    """Refuse changes of rows of a closed plan, and of an agreed one in all columns but those that report on it.

    `status` is an SQL expression for the status of the plan of `{row}`.
    """
    freeze(table, "INSERT UPDATE DELETE", f"{status} = 'closed'", *FROZEN)
    freeze(table, "INSERT DELETE", f"{status} IN {_AGREED}", *LOCKED)
    freeze(table, "UPDATE", f"{status} IN {_AGREED} AND ({_changed(table, *reported)})", *LOCKED)


def _changed(table: Table, *reported: str) -> str:
    """SQL that tells whether an update touches a column that is not reported."""
    return " OR ".join(f'OLD."{c.name}" IS NOT NEW."{c.name}"' for c in table.c if c.name not in reported)


def part(name: str, *columns: SchemaItem, reported: tuple[str, ...] = (), locked: bool = True) -> Table:
    """A table whose rows belong to a plan, in an order of their own.

    `follows` is the row of the version before that a row goes on; `reported` columns change until the plan is closed,
    and so do all rows of a table that is not `locked`.
    """
    table = Table(
        name,
        metadata,
        Column("id", Integer, primary_key=True),
        Column("plan", Integer, ForeignKey("plan.id"), nullable=False),
        Column("position", Integer, nullable=False),
        Column("follows", Integer),
        *columns,
        sqlite_strict=True,
    )
    Index(f"ix_{name}_plan", table.c.plan)
    status = "(SELECT status FROM plan WHERE id = {row}.plan)"
    if locked:
        lock(table, status, *reported)
    else:
        freeze(table, "INSERT UPDATE DELETE", f"{status} = 'closed'", *FROZEN)
    return table


# An agreed plan keeps its own words; undoing the agreement is the one way back. What is closed is not opened again.
_LIFE = ("status", "started_on", "closed_on", "closing_words")
freeze(plan, "DELETE", f"{{row}}.status IN {_KEPT}", *LOCKED)
freeze(plan, "UPDATE", f"OLD.status IN {_KEPT} AND NEW.status IN {_KEPT} AND ({_changed(plan, *_LIFE)})", *LOCKED)

# `metric` is a key of the program's where `source` is auto; the actual value then comes from the evaluation.
plan_target = part(
    "plan_target",
    words("metric"),
    words("label"),
    words("unit"),
    Column("source", Text, nullable=False),
    Column("baseline", Rate),
    Column("weight", Rate),
    words("confidence"),
    one_of("source", ("auto", "manual")),
    one_of("confidence", LEVELS),
)

# The target of one quarter (label such as 2026Q3); `actual` only where a person keeps it.
quarter_target = Table(
    "quarter_target",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("target", Integer, ForeignKey("plan_target.id"), nullable=False),
    Column("quarter", Text, nullable=False),
    Column("value", Rate),
    Column("actual", Rate),
    UniqueConstraint("target", "quarter"),
    sqlite_strict=True,
)
_status = "(SELECT p.status FROM plan p JOIN plan_target t ON t.plan = p.id WHERE t.id = {row}.target)"
freeze(quarter_target, "INSERT UPDATE DELETE", f"{_status} = 'closed'", *FROZEN)
freeze(quarter_target, "INSERT", f"{_status} IN {_AGREED} AND {{row}}.value IS NOT NULL", *LOCKED)
freeze(quarter_target, "DELETE", f"{_status} IN {_AGREED} AND {{row}}.value IS NOT NULL", *LOCKED)
freeze(quarter_target, "UPDATE", f"{_status} IN {_AGREED} AND ({_changed(quarter_target, 'actual')})", *LOCKED)

objective = part(
    "objective",
    Column("title", Text, nullable=False),
    words("why"),
    words("metric"),
    words("unit"),
    Column("target", Rate),
    Column("actual", Rate),
    Column("due", Day),
    words("vendor_commitment"),
    words("vendor_owner"),
    words("partner_commitment"),
    words("partner_owner"),
    words("funding"),
    Column("status", Text, nullable=False),
    words("reason"),
    one_of("status", ("in progress", "on track", "at risk", "done", "dropped")),
    reported=("status", "actual", "reason"),
)
personal(objective.c.vendor_owner, objective.c.partner_owner)

decision_right = part(
    "decision_right",
    Column("decision", Text, nullable=False),
    words("accountable"),
    words("responsible"),
    words("consulted"),
    words("informed"),
    Column("limit_days", Integer),
    words("fallback"),
    CheckConstraint("limit_days > 0", name="limit_positive"),
)
personal(*(decision_right.c[name] for name in ("accountable", "responsible", "consulted", "informed")))

risk = part(
    "risk",
    Column("text", Text, nullable=False),
    words("likelihood"),
    words("impact"),
    words("trigger"),
    words("mitigation"),
    words("owner"),
    one_of("likelihood", LEVELS),
    one_of("impact", LEVELS),
)
personal(risk.c.owner)

# `carried_from` is the earlier action that this one takes over. An action is late when it is open after its day:
# that is seen when it is read, never stored.
action = Table(
    "action",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("partner", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("side", Text, nullable=False),
    words("owner"),
    Column("due", Day),
    words("measure"),
    Column("status", Text, nullable=False),
    Column("created", Day, nullable=False),
    Column("ended_on", Day),
    words("outcome"),
    words("evidence"),  # what shows that it was done, as far as it was: a paper, a number, an address
    Column("plan", Integer, ForeignKey("plan.id")),
    Column("objective", Integer, ForeignKey("objective.id")),
    Column("review", Integer, ForeignKey("review.id")),
    Column("note", Integer, ForeignKey("note.id")),
    Column("contract", Text),
    Column("deal", Text),  # the id of the fact
    Column("dispute", Text),  # the id of the fact
    words("need"),  # what of the program it remedies: a gate, a component of the score, a requirement
    words("waiting"),  # for whom or what it waits; it is still open
    Column("carried_from", Integer, ForeignKey("action.id")),
    Column("internal", Flag, nullable=False, server_default="0"),
    words("team"),
    Column("playbook_run", Integer, ForeignKey("playbook_run.id")),
    one_of("side", SIDES),
    one_of("status", ("open", "done", "dropped")),
    sqlite_strict=True,
)
personal(action.c.owner)
rows_for_us_alone(action, action.c.internal.is_(True))
Index("ix_action_partner", action.c.partner)
Index("ix_action_review", action.c.review)
Index("ix_action_playbook_run", action.c.playbook_run)
# The name of one of our templates.
of_our_making(plan, "template")
