"""Published figures through program texts: each to the last digit, with the keys it runs through.

The table is the report: figure, file, the rules' keys; then the figures left out, each with its reason.
"""

from tests.vectors.left_out import LEFT_OUT
from tests.vectors.table import agrees, computed, published_figures


def main(full: bool, seed: int) -> None:
    """Computes every figure anew and prints the table; in the tests the table is only made."""
    published = published_figures()
    found = computed()
    for one in sorted(found, key=lambda c: c.figure):
        assert one.result.is_met, one.result.problems
        if one.figure in published:
            row = published[one.figure]
            missing = agrees(row.get("recomputed", row["expected"]), one.result)
            assert not missing, f"{one.figure}: {missing}"
        if full:
            print(f"{one.figure:16} {one.file:24} {', '.join(one.keys)}")
    if full:
        for figure, reason in LEFT_OUT.items():
            print(f"{figure:16} left out: {reason}")
        print(f"{len(found)} figures computed, {len(LEFT_OUT)} left out, {len(published)} published")
