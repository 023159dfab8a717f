"""Sample worlds of many seeds: every figure as the hand computes it, both modes alike, every trace replayed.

The world of the suite's seed with all its partners; then worlds that no one has looked at.
"""

import random
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from partnerdesk.engine.evaluate import evaluate, explain
from partnerdesk.engine.facts import Fact, Facts, Payment
from partnerdesk.engine.rules import Program
from partnerdesk.ops.rows.facts import by_kind
from partnerdesk.ops.sample import sample_rows
from partnerdesk.paths import resource
from partnerdesk.program.reader import read_file
from tests.acceptance import test_sample_figures as figures
from tests.acceptance.conftest import PARTNERS
from tests.acceptance.sample_money import Money
from tests.acceptance.sample_world import AS_OF, Book, Partner
from tests.acceptance.traces import agree
from tests.prove.steps import Steps


def main(full: bool, seed: int) -> None:
    """One world whole, then worlds of other seeds; in the tests one world and two partners."""
    world(2026, PARTNERS if full else ["P-05", "P-13"])
    for number in Steps.of("worlds", 25 if full else 0):
        draw = random.Random(seed + number)
        world(draw.randrange(10**6), draw.sample(PARTNERS, 3))


def world(seed: int, traced: list[str]) -> None:
    """All figures of a world against the hand; of some partners every figure against its steps."""
    rows = sample_rows(seed)
    book = Book(rows)
    by_hand = {id: Money(Partner(book, id)) for id in PARTNERS}
    facts = Facts({kind: tuple(of) for kind, of in by_kind([*rows, *payments(by_hand)]).items()})
    found = evaluate(programs(), facts, AS_OF)
    assert not found.problems, (seed, found.problems)
    figures.test_every_metric_score_and_tier_of_every_quarter(found, by_hand)
    figures.test_every_line(found, by_hand)
    figures.test_every_movement(found, by_hand)
    figures.test_every_statement_of_every_month(found, by_hand)
    figures.test_what_is_still_held_at_the_end(found, by_hand)
    count = 0
    for id in traced:
        count += agree(found.partners[id], explain(programs(), facts, AS_OF, partners=[id]).partners[id])
    print(
        f"  world {seed}: {len(rows)} rows as by hand; {count} figures of {len(traced)} partners replayed", flush=True
    )


def programs() -> list[Program]:
    """Both versions of the alliance's program."""
    found = [read_file(file).program for file in sorted(resource("programs/fennmark").glob("*.toml"))]
    assert len(found) == 2
    return [program for program in found if program is not None]


def payments(by_hand: dict[str, Money]) -> Iterator[Fact]:
    """What the hand says was paid."""
    for id, money in by_hand.items():
        for move in money.moves:
            if move.kind == "payment":
                day: date = move.day
                cents = Decimal(int(-move.amount * 100))
                yield Payment(id=f"{id}:{day}", partner=id, day=day, amount=cents.scaleb(-2), currency="EUR")
