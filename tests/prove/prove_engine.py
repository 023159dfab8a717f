"""What always holds of the engine (`tests/engine/test_properties.py`), on many random worlds."""

import random

from tests.engine import test_properties as properties
from tests.engine import worlds
from tests.prove.steps import Steps

PROOFS = (
    properties.test_both_modes_agree_and_every_figure_replays,
    properties.test_the_order_of_facts_never_matters,
    properties.test_statements_tie,
    properties.test_nothing_is_taken_beyond_what_was_earned,
    properties.test_caps_never_raise_and_nets_never_lower,
    properties.test_reversing_a_fact_restores_every_number,
    properties.test_splitting_a_deal_never_changes_marginal_pay,
    properties.test_posted_and_true_up_give_what_is_recomputed,
)


def main(full: bool, seed: int) -> None:
    """Tries every property on each world; an assertion names the property and the number of the world."""
    for number in Steps.of("worlds", 400 if full else 2):
        draw = random.Random(seed + number)
        programs, facts = worlds.early_change(draw), worlds.facts(draw)
        for proof in PROOFS:
            try:
                proof((programs, facts))
            except AssertionError as failed:
                raise AssertionError(f"world {number} of seed {seed}: {proof.__name__}: {failed}") from failed
