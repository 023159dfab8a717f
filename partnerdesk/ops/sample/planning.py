"""What the people of the sample book wrote: plans, reviews, notes and actions, with names of each partner's own world.

The words are in `resources/sample/plans.toml`; plans and reviews have files of their own.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Contract, Customer, Fact, Person
from partnerdesk.models.plans import action
from partnerdesk.models.reviews import note
from partnerdesk.ops.sample.cast import AS_OF, VENDOR, profiles, words
from partnerdesk.ops.sample.dice import Dice
from partnerdesk.ops.sample.plan_book import write_plans
from partnerdesk.ops.sample.review_book import write_reviews
from partnerdesk.ops.sample.scene import Scene
from partnerdesk.ops.sample.writing import Writing


def tell_plans(session: Session, rows: Sequence[Fact], seed: int) -> None:
    """Writes everything that people wrote."""
    owners = {id: name for id, name, _ in VENDOR}
    people: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if isinstance(row, Person) and row.partner:
            people[row.partner].append(row.name)
    customers, writing = _current_customers(rows), Writing()
    ids = {row.name: row.id for row in rows if isinstance(row, Customer)}
    for profile in profiles():
        lead, delivery, sponsor = people[profile.partner.id]
        manager = owners[profile.partner.owner or "V-1"]
        dice = Dice(seed, profile.partner.id, "planning")
        scene = Scene(profile, lead, delivery, sponsor, manager, customers[profile.partner.id], dice, ids)
        write_plans(writing, scene)
        write_reviews(writing, scene)
        _notes(writing, scene)
    writing.write(session)


def _current_customers(rows: Sequence[Fact]) -> Mapping[str, tuple[str, ...]]:
    """Customers with a running contract per partner; where there are fewer than two, earlier ones too."""
    names = {row.id: row.name for row in rows if isinstance(row, Customer)}
    found: dict[str, dict[str, bool]] = defaultdict(dict)
    for row in rows:
        if isinstance(row, Contract) and row.partner and row.customer:
            name = names[row.customer]
            found[row.partner][name] = found[row.partner].get(name, False) or row.outcome == "open"
    picked = {}
    for partner, known in found.items():
        running = [name for name, goes_on in known.items() if goes_on]
        picked[partner] = tuple(running if len(running) > 1 else known)
    return picked


def _notes(writing: Writing, scene: Scene) -> None:
    """Some notes of the last four months, and actions that came from them, a few of them late."""
    said: dict[str, Any] = dict(words("plans")["notes"])
    count = 5 if scene.profile.role == "below_gold" else scene.dice.between(2, 3)
    days = sorted(scene.dice.workday(AS_OF - timedelta(days=110), AS_OF) for _ in range(count))
    last = 0
    for day, (kind, text) in zip(days, scene.dice.some(said["texts"], count), strict=True):
        last = writing.add(
            note,
            partner=scene.id,
            day=day,
            kind=kind,
            text=scene.say(text),
            people=scene.lead if "{lead}" in text or kind == "visit" else "",
            internal=scene.dice.between(0, 2) > 0 or kind == "note",
            author=scene.manager,
        )
    for side, text, days_ahead in scene.dice.some(said["actions"], scene.dice.between(0, 2)):
        writing.add(
            action,
            partner=scene.id,
            text=scene.say(text),
            side=side,
            owner=scene.manager if side == "vendor" else scene.lead,
            due=AS_OF + timedelta(days=days_ahead),
            status="open",
            created=days[-1],
            note=last,
        )
