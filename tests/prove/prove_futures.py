"""Futures worked out many at once against the engine, one by one: drawn programs and books, every future of each.

Printed is how many were worked out with others; the part fails at the first future that differs in a day's amount.
"""

from tests.forecast.test_futures import drawn, same
from tests.prove.steps import Steps


def main(*, full: bool, seed: int) -> None:
    """1,000 programs and books of 60 futures; the quick one takes 12 of 24."""
    cases, scenarios = (1_000, 60) if full else (12, 24)
    together = 0
    for number in Steps.of("programs and books", cases):
        together += same(drawn(seed + number, scenarios))
    print(f"  {cases * scenarios:,} futures are what the engine gives; {together:,} were worked out with others")
    assert together, "nothing was worked out with others"
