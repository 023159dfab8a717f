"""The other blocks of the sample book's joint plans: people, accounts, whitespace, governance, 90 days, escalations."""

from datetime import date, timedelta
from typing import Any

from partnerdesk.models import plan_blocks as tables
from partnerdesk.models.plans import decision_right, objective, plan_target, quarter_target, risk
from partnerdesk.ops.joint.plan_governance import STANDARD_LADDER, monday
from partnerdesk.ops.sample.cast import AS_OF, VENDOR, words
from partnerdesk.ops.sample.scene import Scene
from partnerdesk.ops.sample.writing import Writing

REVIEW_DAYS = ((4, 16), (7, 16), (10, 15), (12, 10))
WAITING, SETTLED = ("P-02", "P-04"), ("P-01", "P-07")  # who has an escalation
CONTACTS = (9, 23, 71, 3)  # days since the last contact


def write_blocks(writing: Writing, scene: Scene, id: int, year: int) -> None:
    """Every block of a plan beside its objectives."""
    said = words("joint")
    names = {"lead": scene.lead, "delivery": scene.delivery, "sponsor": scene.sponsor, "manager": scene.manager}
    _people(writing, scene, id, names)
    _customers(writing, scene, id, year)
    for n, (month, day) in enumerate(REVIEW_DAYS, 1):
        writing.part(tables.plan_review, id, quarter=f"{year}Q{n}", day=date(year, month, day))
    for level, who, days in STANDARD_LADDER:
        vendor, partner = ((scene.manager, scene.lead), (VENDOR[5][1], scene.sponsor), (VENDOR[5][1], scene.sponsor))[
            level - 1
        ]
        writing.part(tables.ladder_level, id, level=level, who=who, days=days, vendor=vendor, partner=partner)
    for raw in said["rhythm"]:
        writing.part(tables.rhythm, id, **(raw | {"who": _named(raw["who"], names)}))
    _motion(writing, scene, id, year, names)
    for raw in said["attachment"]:
        place = raw["place"].replace("{id}", scene.id).replace("{year}", str(year))
        writing.part(tables.attachment, id, **(raw | {"place": place}), added=date(year - 1, 11, 9))
    if year == AS_OF.year:
        _escalations(writing, scene, id)


def _people(writing: Writing, scene: Scene, id: int, names: dict[str, str]) -> None:
    backups = {"lead": scene.delivery, "delivery": scene.lead, "manager": VENDOR[3][1]}
    for raw, ago in zip(words("joint")["person"], CONTACTS, strict=True):
        known = {k: v for k, v in raw.items() if k != "who"}
        last, backup = AS_OF - timedelta(days=ago), backups.get(raw["who"], "")
        writing.part(tables.stakeholder, id, name=names[raw["who"]], last_contact=last, backup=backup, **known)


def _customers(writing: Writing, scene: Scene, id: int, year: int) -> None:
    """Key accounts, and what people said about cells of the whitespace; the first objective works on two of them."""
    said, ids = words("joint"), [scene.ids[name] for name in scene.customers]
    owners = {"vendor_owner": scene.manager, "partner_owner": scene.lead}
    for raw, name in zip(said["account"], scene.customers, strict=False):
        writing.part(tables.key_account, id, name=name, customer=scene.ids[name], **raw, **owners)
    first = next(n for n, row in enumerate(writing.rows(objective), 1) if row["plan"] == id)
    for raw in said["cell"]:
        if raw["customer"] >= len(ids):
            continue
        place = {"customer": ids[raw["customer"]], "product": raw["product"], "axis": "product"}
        writing.part(tables.whitespace_cell, id, **(raw | place))
        if raw.get("eligible", True):
            writing.add(tables.objective_link, objective=first, **place)


def _motion(writing: Writing, scene: Scene, id: int, year: int, names: dict[str, str]) -> None:
    """A running plan's motion began some weeks ago; that of next year begins with it."""
    start = monday(AS_OF - timedelta(weeks=4)) if year == AS_OF.year else monday(date(year, 1, 7))
    customers = (*scene.customers, scene.customers[0])
    slots = {"customer": customers[0], "other": customers[1], "sector": "public services"}
    for raw in words("joint")["motion"]:
        week = start + timedelta(weeks=raw["week"])
        done = week + timedelta(days=3) if week + timedelta(days=7) < AS_OF and raw["week"] != 2 else None
        text, owner = _named(raw["text"], slots), names[raw["owner"]]
        writing.part(tables.motion, id, week=week, text=text, side=raw["side"], owner=owner, done_on=done)


def _escalations(writing: Writing, scene: Scene, id: int) -> None:
    said = words("joint")["escalation"]
    known: dict[str, Any] = {"partner": scene.id, "plan": id, "raised_by": scene.manager}
    if scene.id in WAITING:
        text = _named(said["open"], {"customer": scene.customers[0]})
        days = ((1, 12, 14, scene.manager, ""), (2, 14, 19, VENDOR[5][1], said["words"]))
        raised = writing.add(tables.escalation, text=text, raised_on=date(2026, 11, 12), **known)
        for level, day, until, owner, why in days[: 1 if scene.id == WAITING[0] else 2]:
            _step(writing, raised, level, day, until, owner, why)
    elif scene.id in SETTLED:
        ended = {"raised_on": date(2026, 11, 3), "ended_on": date(2026, 11, 5), "outcome": said["outcome"]}
        _step(
            writing, writing.add(tables.escalation, text=said["settled"], **ended, **known), 1, 3, 5, scene.manager, ""
        )


def _step(writing: Writing, raised: int, level: int, day: int, until: int, owner: str, why: str) -> None:
    known = {"day": date(2026, 11, day), "answer_by": date(2026, 11, until), "owner": owner, "words": why}
    writing.add(tables.escalation_step, escalation=raised, level=level, **known)


def follow(writing: Writing, earlier: int, later: int) -> None:
    """Rows of a version go on those of the one before, and some of them were otherwise then."""
    parts = (
        objective,
        plan_target,
        risk,
        decision_right,
        tables.key_account,
        tables.rhythm,
        tables.ladder_level,
        tables.motion,
    )
    for table in (*parts, tables.stakeholder):
        before = {row["position"]: row for row in writing.rows(table) if row["plan"] == earlier}
        for row in writing.rows(table):
            if row["plan"] == later:
                was = before[row["position"]]
                was |= row | {"id": was["id"], "plan": earlier}
                row["follows"] = was["id"]
    first = next(row for row in writing.rows(objective) if row["plan"] == earlier)
    first["target"] -= 1
    first |= {"vendor_commitment": "Solution engineer on request"}
    target = next(row["id"] for row in writing.rows(plan_target) if row["plan"] == earlier)
    for row in writing.rows(quarter_target):
        if row["target"] == target and row["value"] is not None:
            row["value"] = row["value"] * 9 // 10 // 1000 * 1000
    level = next(row for row in writing.rows(tables.ladder_level) if row["plan"] == earlier and row["level"] == 2)
    level["days"] = 7


def _named(text: str, slots: dict[str, str]) -> str:
    for slot, value in slots.items():
        text = text.replace("{" + slot + "}", value)
    return text
