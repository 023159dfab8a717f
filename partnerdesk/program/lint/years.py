"""Years of a contract or a customer: they go with sums that are kept apart by it."""

from collections.abc import Iterator

from partnerdesk.engine.rules.keys import YEARS_OF
from partnerdesk.program.lint.found import Found


def years_apart(path: str, unit: str, key: str, owner: str) -> Iterator[Found]:
    """Years of something else than what the key keeps apart."""
    of = YEARS_OF.get(unit, owner)
    if of != owner:
        yield (
            path,
            f"every {of} has {unit}s of its own, and sums go on for each {owner}.",
            f'Write {key} = "{of}".',
            False,
        )
