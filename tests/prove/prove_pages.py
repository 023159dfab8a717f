"""Text on pages is verbatim (R28): 3,000 random strings of markup, controls and scripts, drawn as given or refused."""

from tests.reports.page.test_document import fuzz


def main(full: bool, seed: int) -> None:
    """Draws the strings; an assertion names the first that came out different."""
    count = 3_000 if full else 200
    drawn, refused = fuzz(seed, count)
    assert drawn + refused == count
    assert drawn > count / 2
