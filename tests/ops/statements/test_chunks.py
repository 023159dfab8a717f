"""What statements rest on is written once: a close of a large book makes millions of values plain."""

import sys
from collections import defaultdict
from collections.abc import Callable

from partnerdesk.engine.facts import KIND_OF, Fact, Facts
from partnerdesk.engine.outcome import record
from partnerdesk.engine.outcome.record import canonical, fact_record
from partnerdesk.ops.statements.chunks import Chunks
from tests.rows import one_of_each


def times_made_plain(work: Callable[[], object]) -> int:
    """How many values are made plain meanwhile."""
    counted = 0

    def count(frame: object, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event == "call" and getattr(frame, "f_code", None) is record.plain.__code__

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return counted


def test_a_row_is_made_plain_once_and_its_text_is_the_canonical_one() -> None:
    rows: dict[str, list[Fact]] = defaultdict(list)
    for row in one_of_each():
        rows[KIND_OF[type(row)]].append(row)
    chunks = Chunks(Facts({kind: tuple(own) for kind, own in rows.items()}))
    found = chunks.rows("partner-1")
    alone = times_made_plain(lambda: [fact_record(row) for _, row in found])
    assert alone > 100
    assert times_made_plain(lambda: chunks.of("partner-1")) == alone
    shared = {"exchange_rate": [fact_record(row) for row in rows["exchange_rate"]]}
    assert canonical({"partner": "", "month": "", "facts": shared}) in chunks.of("partner-1").values()
