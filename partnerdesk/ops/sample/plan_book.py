"""The joint account plans of the sample book: this year's in progress, next year's drafted or shared."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from partnerdesk.models.plans import decision_right, objective, plan, plan_target, quarter_target, risk
from partnerdesk.ops.joint.plans import FALLBACK, STANDARD_DECISIONS
from partnerdesk.ops.sample.cast import VENDOR, words
from partnerdesk.ops.sample.dice import Dice
from partnerdesk.ops.sample.plan_blocks_book import follow, write_blocks
from partnerdesk.ops.sample.scene import Scene
from partnerdesk.ops.sample.story import SEASON
from partnerdesk.ops.sample.writing import Writing

WITH_PLAN = ("P-01", "P-02", "P-03", "P-04", "P-07", "P-10", "P-12", "P-13", "P-17")
NEXT_YEAR = {"P-01": "shared", "P-10": "shared", "P-02": "draft", "P-04": "draft"}
HOW_IT_GOES = (
    ("on track", 80, ""),
    ("in progress", 60, ""),
    ("at risk", 34, "Two go-lives slipped in summer"),
    ("done", 100, ""),
)
REVISED = "P-03"  # whose plan was agreed again in summer
WEIGHTS = ("0.5", "0.3", "0.2")
SPONSOR, MARKETING = VENDOR[5][1], VENDOR[4][1]
LIFE_2026 = {
    "status": "in progress",
    "created": date(2026, 1, 12),
    "shared_on": date(2026, 1, 19),
    "agreed_on": date(2026, 2, 3),
    "started_on": date(2026, 2, 9),
    "kickoff": date(2026, 2, 3),
}


def write_plans(writing: Writing, scene: Scene) -> None:
    """The plans of one partner, where it has any."""
    if scene.id not in WITH_PLAN:
        return
    agreed_by = f"{scene.manager} and {scene.sponsor}"
    this_year = _plan(writing, scene, 2026, agreed_by=agreed_by, **LIFE_2026)
    _content(writing, scene, this_year, 2026)
    _targets(writing, scene, this_year)
    write_blocks(writing, scene, this_year, 2026)
    if scene.id == REVISED:
        _earlier_version(writing, scene, this_year)
    if scene.id in NEXT_YEAR:
        status = NEXT_YEAR[scene.id]
        shared = date(2026, 11, 16) if status == "shared" else None
        following = _plan(writing, scene, 2027, status=status, created=date(2026, 11, 9), shared_on=shared)
        first = _content(writing, scene, following, 2027)
        write_blocks(writing, scene, following, 2027)
        if scene.id == "P-01":  # what stops this plan from being agreed
            writing.row(objective, first)["partner_owner"] = ""


def _earlier_version(writing: Writing, scene: Scene, later: int) -> None:
    """What was agreed in February, before summer changed it: lower targets, less help, a slower ladder."""
    scene = replace(scene, dice=Dice(7, scene.id, "earlier"))  # its words draw on no other's
    agreed = f"{scene.manager} and {scene.sponsor}"
    life = LIFE_2026 | {"status": "closed", "closed_on": date(2026, 7, 6), "closing_words": "Replaced by version 2"}
    earlier = _plan(writing, scene, 2026, agreed_by=agreed, **life)
    head = {"version": 2, "created": date(2026, 6, 22), "shared_on": date(2026, 6, 24), "agreed_on": date(2026, 7, 6)}
    writing.row(plan, later).update(head)
    _content(writing, scene, earlier, 2026)
    _targets(writing, scene, earlier)
    write_blocks(writing, scene, earlier, 2026)
    follow(writing, earlier, later)


def _plan(writing: Writing, scene: Scene, year: int, **life: Any) -> int:
    said, blocks = words("plans")["plan"], words("joint")
    return writing.add(
        plan,
        partner=scene.id,
        title=f"Joint plan {year}",
        start=date(year, 1, 1),
        end=date(year, 12, 31),
        version=1,
        thesis=scene.say(said["thesis"]),
        wins=blocks["wins"].replace("{customer}", scene.customers[0]).replace("{other}", scene.customers[-1]),
        friction=blocks["friction"],
        template=scene.profile.partner.type,
        partner_goals=scene.say(said["partner_goals"][int(scene.id[2:]) % 3]),
        vendor_goals=said["vendor_goals"][int(scene.id[2:]) % 2],
        partner_owner=scene.lead,
        partner_sponsor=scene.sponsor,
        vendor_owner=scene.manager,
        vendor_sponsor=SPONSOR,
        **{name: said[name] for name in ("ideal_customer", "value_proposition", "competitors")},
        **life,
    )


def _content(writing: Writing, scene: Scene, id: int, year: int) -> int:
    """Objectives, decision rights and risks; returns the first objective."""
    said = words("plans")["plan"]
    objectives = [_objective(writing, scene, id, raw, at, year) for at, raw in enumerate(said["objective"])]
    for raw in said["risk"]:
        writing.part(risk, id, owner=scene.delivery, **(raw | {"text": scene.say(raw["text"])}))
    names = (scene.manager, SPONSOR, MARKETING, scene.delivery, SPONSOR, SPONSOR)
    for (decision, days), name in zip(STANDARD_DECISIONS, names, strict=True):
        consulted = scene.lead if name != scene.delivery else scene.manager
        who = {"accountable": name, "consulted": consulted}
        writing.part(decision_right, id, decision=decision, limit_days=days, fallback=FALLBACK, **who)
    return objectives[0]


def _objective(writing: Writing, scene: Scene, id: int, raw: dict[str, Any], at: int, year: int) -> int:
    status, percent, reason = scene.dice.pick(HOW_IT_GOES) if year == 2026 else ("in progress", 0, "")
    case_study = "case study" in raw["vendor_commitment"]
    return writing.part(
        objective,
        id,
        title=raw["title"],
        why=raw["why"],
        metric=raw["metric"],
        unit=raw["unit"],
        target=Decimal(raw["target"]),
        actual=Decimal(max(1, raw["target"] * percent // 100)) if percent else None,
        due=(date(year, 9, 30), date(year, 12, 31), date(year, 12, 31), date(year, 11, 30))[at],
        vendor_commitment=raw["vendor_commitment"],
        vendor_owner=MARKETING if case_study else scene.manager,
        partner_commitment=scene.say(raw["partner_commitment"]),
        partner_owner=scene.delivery if at == 1 else scene.lead,
        funding="Joint marketing" if case_study else "",
        status=status,
        reason=reason,
    )


def _targets(writing: Writing, scene: Scene, id: int) -> None:
    for raw, weight in zip(words("plans")["plan"]["target"], WEIGHTS, strict=True):
        _target(writing, scene, id, raw | {"weight": Decimal(weight)})


def _target(writing: Writing, scene: Scene, id: int, raw: dict[str, Any]) -> None:
    last_year = scene.profile.revenue_of(2025)
    baseline = {"EUR": Decimal(last_year), "%": Decimal("0.88")}.get(raw["unit"], Decimal(2))
    target = writing.part(plan_target, id, baseline=baseline, confidence="medium", **raw)
    for quarter in range(1, 5):
        revenue = Decimal(last_year * 110 * SEASON[quarter] // 40_000 // 1000 * 1000)
        manual = raw["source"] == "manual" and quarter < 4
        writing.add(
            quarter_target,
            target=target,
            quarter=f"2026Q{quarter}",
            value={"EUR": revenue, "%": Decimal("0.90")}.get(raw["unit"], Decimal(2)),
            actual=Decimal(scene.dice.between(1, 3)) if manual else None,
        )
