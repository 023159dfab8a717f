"""Which texts of a book can be searched, and what a hit on them says: one declaration per table.

A declaration is a SELECT over one table: what is indexed of a row stands in the row itself, so that a change of the
row is all that can make it old. What a hit shows may be joined from elsewhere. `store.search_index` keeps the index
by these, `search.py` asks it.
"""

import hashlib
from dataclasses import astuple, dataclass

from partnerdesk.engine.folding import search_words

NAMED = ("partner", "customer", "product")  # what other rows are about: found by name, too


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """A searched table. All fields but the first two are SQL over its row `t` and what `joins` brings.

    `title` and `text` are indexed and come from `t` alone; `shown` is the title of a hit where that is another.
    `partner` and `opens` say whom it is about and what id opens; `detail` and `day` stand beside it.
    """

    table: str
    kind: str
    title: str = "''"
    text: str = "''"
    shown: str = ""
    detail: str = "''"
    day: str = "NULL"
    partner: str = "t.partner"
    opens: str = "t.id"
    joins: str = ""
    about: tuple[str, ...] = ("partner",)  # columns of `t` that hold ids of NAMED
    key: str = "id"

    @property
    def indexed(self) -> str:
        """SQL of key, title, text and the ids that rows of `t` are about, as a JSON list."""
        ids = ", ".join(f't."{name}"' for name in self.about)
        return (
            f'SELECT CAST(t."{self.key}" AS TEXT), {self.title}, {self.text}, json_array({ids}) FROM "{self.table}" t'
        )

    @property
    def hits(self) -> str:
        """SQL of key, opened id, partner, title, detail, day and text of rows."""
        shown = self.shown or self.title
        columns = f"CAST({self.opens} AS TEXT), {self.partner}, {shown}, {self.detail}, {self.day}, {self.text}"
        return f'SELECT CAST(t."{self.key}" AS TEXT), {columns} FROM "{self.table}" t {self.joins}'


def _join(*columns: str) -> str:
    """Several texts as one."""
    return " || ' ' || ".join(f't."{name}"' for name in columns)


def _of_plan(table: str, title: str, *more: str) -> Searched:
    """A block of a joint plan."""
    return Searched(
        table=table,
        kind="plan",
        title=f't."{title}"',
        text=_join(*more) if more else "''",
        detail="p.title",
        day="p.start",
        partner="p.partner",
        opens="t.plan",
        joins="JOIN plan p ON p.id = t.plan",
        about=(),
    )


def _of_review(table: str, title: str, *more: str) -> Searched:
    """A part of a review."""
    return Searched(
        table=table,
        kind="review",
        title=title,
        text=_join(*more),
        detail=REVIEW.format("r"),
        day="coalesce(r.held_on, r.day)",
        partner="r.partner",
        opens="t.review",
        joins="JOIN review r ON r.id = t.review",
        about=(),
    )


def _of_all(table: str, kind: str, title: str, text: str, detail: str, **more: str) -> Searched:
    """What is about no partner, customer or product."""
    given = {"title": f't."{title}"', "text": text, "detail": detail, "partner": "NULL"}
    return Searched(table=table, kind=kind, about=(), **given, **more)


# Review Q3 2026, Review Q2 FY2027, Review 2026-10: what `review_periods.spoken` says, as far as SQL can.
REVIEW = """'Review ' || CASE WHEN {0}.quarter LIKE '%-%' THEN {0}.quarter
    WHEN {0}.quarter LIKE 'FY%' THEN substr({0}.quarter, 7) || ' ' || substr({0}.quarter, 1, 6)
    ELSE substr({0}.quarter, 5) || ' ' || substr({0}.quarter, 1, 4) END"""
_SOLD = "LEFT JOIN customer c ON c.id = t.customer"

SEARCHED: tuple[Searched, ...] = (
    Searched(
        table="partner",
        kind="partner",
        title="t.name",
        text=_join("id", "legal_name", "document_name", "agreement", "city", "country", "type"),
        detail="concat_ws(', ', nullif(t.type, ''), nullif(t.city, ''), nullif(t.country, ''))",
        partner="t.id",
        about=(),
    ),
    Searched(
        table="customer", kind="customer", title="t.name", text=_join("id", "legal_name"), partner="NULL", about=()
    ),
    Searched(table="product", kind="product", title="t.name", text="t.id", partner="NULL", about=()),
    Searched(
        table="person",
        kind="person",
        title="t.name",
        text=_join("role", "email", "phone"),
        detail="t.role",
    ),
    Searched(
        table="deal",
        kind="deal",
        title="iif(t.name > '', t.name, 'Deal ' || t.id)",
        text=_join("id", "status", "stage", "next_step", "lost_reason"),
        detail="concat_ws(', ', t.status, nullif(coalesce(c.name, t.customer, ''), ''))",
        day="coalesce(t.closed, t.expected_close)",
        joins=_SOLD,
        about=("partner", "customer", "product"),
    ),
    Searched(
        table="contract",
        kind="contract",
        text=_join("id", "outcome", "reason"),
        shown="coalesce(c.name, t.customer, t.id) || coalesce(', ' || coalesce(o.name, t.product), '')",
        detail="iif(t.outcome = 'open', 'renews', t.outcome)",
        day="t.end",
        joins=f"{_SOLD} LEFT JOIN product o ON o.id = t.product",
        about=("partner", "customer", "product"),
    ),
    Searched(
        table="plan",
        kind="plan",
        title="t.title",
        text=_join(
            *("thesis", "partner_goals", "vendor_goals", "ideal_customer", "value_proposition", "competitors"),
            *(
                "wins",
                "friction",
                "partner_owner",
                "partner_sponsor",
                "vendor_owner",
                "vendor_sponsor",
                "closing_words",
            ),
        ),
        detail="t.status",
        day="t.start",
    ),
    _of_plan(
        "objective",
        "title",
        *("why", "metric", "vendor_commitment", "vendor_owner", "partner_commitment", "partner_owner", "reason"),
    ),
    _of_plan("plan_target", "label", "metric"),
    _of_plan("decision_right", "decision", "accountable", "responsible", "consulted", "informed", "fallback"),
    _of_plan("risk", "text", "trigger", "mitigation", "owner"),
    _of_plan("stakeholder", "name", "role", "stance", "backup"),
    _of_plan("key_account", "name", "vendor_part", "vendor_owner", "partner_part", "partner_owner", "note"),
    _of_plan("whitespace_cell", "next_step", "customer", "product"),
    _of_plan("ladder_level", "who", "vendor", "partner"),
    _of_plan("rhythm", "meeting", "who", "covers"),
    _of_plan("motion", "text", "owner"),
    _of_plan("attachment", "title", "place", "about"),
    Searched(
        table="escalation",
        kind="plan",
        title="t.text",
        text=_join("raised_by", "outcome"),
        detail="'escalation'",
        day="t.raised_on",
        opens="t.plan",
    ),
    Searched(
        table="review",
        kind="review",
        title=REVIEW.format("t"),
        text=_join("place", "internal_notes"),
        detail="t.status",
        day="coalesce(t.held_on, t.day)",
    ),
    _of_review("review_item", "t.text", "detail", "owner"),
    _of_review("review_page", "t.title", "narrative"),
    _of_review("attendee", "t.name", "role"),
    Searched(
        table="action",
        kind="action",
        title="t.text",
        text=_join("measure", "outcome", "evidence", "owner", "team", "status"),
        detail="concat_ws(', ', t.status, nullif(t.owner, ''))",
        day="t.due",
    ),
    Searched(table="note", kind="note", text=_join("text", "people", "author", "place"), detail="t.kind", day="t.day"),
    Searched(table="feedback", kind="note", text=_join("text", "said_by"), detail="'feedback'", day="t.day"),
    Searched(
        table="statement",
        kind="statement",
        title="t.number",
        text=_join("period", "tier"),
        detail="t.period",
        day='t."end"',
        opens="t.period",
    ),
    Searched(
        table="dispute",
        kind="dispute",
        title="t.id",
        text=_join("reason", "decision", "statement", "raised_by", "decided_by", "outcome"),
        detail="concat_ws(', ', t.outcome, t.reason)",
        day="t.day",
    ),
    Searched(
        table="dispute_step",
        kind="dispute",
        text=_join("says", "by"),
        shown="t.dispute",
        detail="t.kind",
        day="t.day",
        partner="d.partner",
        opens="t.dispute",
        joins="JOIN dispute d ON d.id = t.dispute",
        about=(),
    ),
    Searched(
        table="agreement", kind="agreement", title="t.number", text="t.program", detail="'agreement'", day="t.issued_on"
    ),
    Searched(
        table="fund_entry",
        kind="fund",
        title="iif(t.project > '', t.project, t.activity)",
        text=_join("id", "result", "evidence", "approver", "kind"),
        detail="t.kind",
        day="t.day",
    ),
    _of_all("library_item", "library", "title", _join("text", "tags", "product", "author"), "t.form", day="t.created"),
    _of_all("playbook", "playbook", "title", _join("says", "goal"), "'playbook'"),
    _of_all("pathway", "pathway", "name", _join("product", "says"), "'pathway'"),
    _of_all(
        *("pathway_step", "pathway", "title", "t.level", "'pathway ' || w.name"),
        opens="t.pathway",
        joins="JOIN pathway w ON w.id = t.pathway",
    ),
    Searched(
        table="playbook_run",
        kind="run",
        title="t.title",
        text=_join("goal", "started_by", "outcome"),
        detail="'playbook, ' || t.status",
        day="t.start",
    ),
)
BY_TABLE = {searched.table: searched for searched in SEARCHED}
SHAPE = hashlib.sha256(repr([astuple(searched) for searched in SEARCHED]).encode()).hexdigest()


def kind_word(kind: str) -> str:
    """The one word that stands in the index for a kind of hit."""
    return f"k{kind}"


def about_word(named: str, id: str) -> str:
    """The one word that stands in the index for a partner, customer or product."""
    return f"{named[0]}{named[1]}{id.encode().hex()}"


def index_row(searched: Searched, title: str | None, text: str | None, ids: list[str | None]) -> tuple[str, ...]:
    """Kind, about, title and body of a row as the index takes them: folded words."""
    about = " ".join(about_word(name, id) for name, id in zip(searched.about, ids, strict=True) if id)
    words = (" ".join(search_words(part or "")) for part in (title, text))
    return kind_word(searched.kind), about, *words
