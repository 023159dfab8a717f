"""The quarterly reviews of the sample book: held ones with what was kept and what slipped, and this quarter's."""

from datetime import date, timedelta
from typing import Any

from partnerdesk.models.plans import action
from partnerdesk.models.reviews import attendee, review, review_item, review_page
from partnerdesk.ops.joint.agendas import agenda_of
from partnerdesk.ops.sample.cast import AS_OF, VENDOR, words
from partnerdesk.ops.sample.scene import Scene
from partnerdesk.ops.sample.writing import Writing

# This quarter's review by partner: how far it is, and on which day of November or December it is held.
CURRENT = {
    "P-01": ("draft", date(2026, 11, 24)),
    "P-02": ("sent", date(2026, 11, 26)),
    "P-03": ("draft", date(2026, 11, 12)),
    "P-04": ("held", date(2026, 11, 4)),
    "P-06": ("draft", date(2026, 12, 9)),
    "P-07": ("draft", date(2026, 12, 2)),
    "P-08": ("draft", date(2026, 12, 15)),
    "P-10": ("held", date(2026, 11, 10)),
    "P-11": ("draft", date(2026, 12, 8)),
    "P-12": ("held", date(2026, 11, 5)),
    "P-13": ("sent", date(2026, 11, 30)),
    "P-17": ("draft", date(2026, 12, 3)),
    "P-24": ("draft", date(2026, 12, 1)),
}
PAST = (("2026Q1", date(2026, 5, 12)), ("2026Q2", date(2026, 8, 18)))
SPONSOR, ENGINEER = VENDOR[5][1], VENDOR[3][1]


def write_reviews(writing: Writing, scene: Scene) -> None:
    """The reviews of one partner, where it has any."""
    if scene.id not in CURRENT:
        return
    shift = timedelta(days=scene.dice.between(0, 9))
    status, current = CURRENT[scene.id]
    days = [day + shift for _, day in PAST] + [current]
    before: list[int] = []
    slipped: list[int] = []
    for at, (quarter, _) in enumerate(PAST):
        id = _review(writing, scene, quarter, days[at], "held", days[at + 1])
        carried = _carry(writing, scene, slipped, id, days[at])
        before = carried + _promise(writing, scene, id, days[at], 3, before)
        slipped = [a for a in before if not _ended(writing, scene, a, days[at], days[at + 1])]
    id = _review(writing, scene, "2026Q3", current, status, date(2027, 2, 9) if status == "held" else None)
    _carry(writing, scene, slipped[:2], id, min(current, AS_OF))
    promised = _promise(writing, scene, id, min(current, AS_OF), 2, before)
    if scene.profile.role == "below_gold":
        _unfinished(writing, id, promised[-1])


def _review(writing: Writing, scene: Scene, quarter: str, day: date, status: str, following: date | None) -> int:
    """A review with its people and lines."""
    sent = min(day - timedelta(days=6), AS_OF) if status != "draft" else None
    id = writing.add(
        review,
        partner=scene.id,
        quarter=quarter,
        day=day,
        time="14:00",
        place=scene.profile.partner.city,
        status=status,
        created=day - timedelta(days=20),
        sent_on=sent,
        held_on=day if status == "held" else None,
        next_review=following,
        minutes=90,
    )
    for name, side, role in _people(scene):
        writing.part(attendee, id, name=name, side=side, role=role)
    for text, minutes, page in agenda_of("quarterly", is_first=quarter == PAST[0][0]):
        writing.part(review_item, id, kind="agenda", text=text, minutes=minutes, page=page)
    _lines(writing, scene, id, day)
    if status == "held":
        _noted(writing, scene, id)
    return id


def _noted(writing: Writing, scene: Scene, id: int) -> None:
    """What was noted in a meeting that took place; without dice, so that the rest of the story stays as it is."""
    said = words("plans")["review"]
    kind, text, detail = said["said"][id % len(said["said"])]
    writing.part(review_item, id, kind=kind, text=text, detail=detail, owner=scene.lead)
    if id % 4 == 0:
        writing.part(
            review_item, id, kind="recalibrate", text=said["recalibrate"], detail="two of the three are signed"
        )


def _lines(writing: Writing, scene: Scene, id: int, day: date) -> None:
    said = words("plans")["review"]
    for kind, plural, count in (("win", "wins", 3), ("ask", "asks", 3), ("learning", "learnings", 2)):
        for text, detail in scene.dice.some(said[plural], count):
            due = day + timedelta(days=scene.dice.between(14, 40)) if kind == "ask" else None
            writing.part(review_item, id, kind=kind, text=scene.say(text), detail=detail, due=due)
    for text, detail in scene.dice.some(said["decisions"], 2):
        writing.part(review_item, id, kind="decision", text=scene.say(text), detail=detail, owner=SPONSOR)
    for text, detail, level in scene.dice.some(said["issues"], 1):
        due = day + timedelta(days=10)
        writing.part(review_item, id, kind="issue", text=scene.say(text), detail=detail, level=level, due=due)


def _people(scene: Scene) -> list[tuple[str, str, str]]:
    return [
        (scene.sponsor, "partner", "sponsor"),
        (scene.lead, "partner", "Alliance lead"),
        (scene.delivery, "partner", "Delivery lead"),
        (SPONSOR, "vendor", "sponsor"),
        (scene.manager, "vendor", "Account manager"),
        (ENGINEER, "vendor", "Solution engineer"),
    ]


def _promise(writing: Writing, scene: Scene, id: int, day: date, count: int, before: list[int]) -> list[int]:
    """So many new commitments of each side, none that was promised the last time."""
    said: dict[str, Any] = words("plans")["commitments"]
    known = {writing.row(action, number)["measure"] for number in before}
    found = []
    for side in ("vendor", "partner"):
        owners = (scene.manager, ENGINEER) if side == "vendor" else (scene.lead, scene.delivery)
        fresh = [promise for promise in said[side] if promise[1] not in known]
        for text, measure in scene.dice.some(fresh, count):
            promise = {"text": scene.say(text), "measure": measure, "side": side, "owner": scene.dice.pick(owners)}
            due = day + timedelta(days=scene.dice.between(25, 80))
            found.append(
                writing.add(action, partner=scene.id, due=due, status="open", created=day, review=id, **promise)
            )
    return found


def _ended(writing: Writing, scene: Scene, id: int, day: date, following: date) -> bool:
    """Most commitments end done before the next review, one in ten dropped; the others slip."""
    said = words("plans")["commitments"]
    on = min(day + timedelta(days=scene.dice.between(20, 75)), following, AS_OF)
    how, row = scene.dice.between(0, 99), writing.row(action, id)
    if how < 70:
        row |= {"status": "done", "ended_on": on, "outcome": scene.dice.pick(said["done"])}
        row |= {"evidence": row["measure"]} if how % 2 else {}
    elif how < 80:
        row |= {"status": "dropped", "ended_on": on, "outcome": scene.say(scene.dice.pick(said["dropped"]))}
    return how < 80


def _carry(writing: Writing, scene: Scene, slipped: list[int], review_id: int, day: date) -> list[int]:
    """New commitments with a later day take over from those that slipped; returns them."""
    found = []
    for id in slipped:
        row = writing.row(action, id)
        row["outcome"] = scene.dice.pick(words("plans")["commitments"]["late"])
        same = {name: row[name] for name in ("partner", "text", "measure", "side", "owner")}
        due = max(day, row["due"]) + timedelta(days=30)
        values = same | {"due": due, "status": "open", "created": day, "review": review_id, "carried_from": id}
        found.append(writing.add(action, **values))
    return found


def _unfinished(writing: Writing, id: int, promised: int) -> None:
    """What the checks of a review find before it leaves, and what stays with us."""
    writing.row(action, promised)["owner"] = ""
    writing.row(review, id)["internal_notes"] = words("plans")["review"]["internal"]
    text = "Quality stands where it stood: two go-lives slipped in summer, the others were on the day."
    writing.add(review_page, review=id, page="score", narrative=text)
