"""The path to a tier against all sets of actions, each evaluated in full, on 1,000 small random cases.

Requirements pull in different directions: sums, means, rates, people, scores with minimums, several periods in a row.
"""

from tests.forecast.path_cases import hold
from tests.prove.steps import Steps


def main(*, full: bool, seed: int) -> None:
    """Every case has its own seed; printed is how many there were with and without a path."""
    found = [hold(seed + number) for number in Steps.of("cases", 1000 if full else 20)]
    print(f"  path: {len(found)} cases as cheap as all sets say, {sum(found)} of them with a path")
