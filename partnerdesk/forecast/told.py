"""What a forecast takes for granted and what it leaves out, in words."""

from collections import Counter
from collections.abc import Iterator

from partnerdesk.forecast.chances import BY_PERSON, THIN
from partnerdesk.forecast.prepared import Prepared
from partnerdesk.forecast.record_of_habits import Record

SHORT = 4  # quarters behind a partner; fewer are said to be a short record
_OPEN = {
    "deal": ("open deal won or lost", "open deals won or lost"),
    "contract": ("contract renewed, changed or ended", "contracts renewed, changed or ended"),
    "deployment": ("deployment that goes live", "deployments that go live"),
    "certification": ("certificate that runs out", "certificates that run out"),
}


def assumed(prepared: Prepared) -> tuple[str, ...]:
    """What the scenarios rest on."""
    return tuple(_assumed(prepared))


def _assumed(prepared: Prepared) -> Iterator[str]:
    counts = Counter(item.kind for item in prepared.items)
    found = [f"{counts[kind]} {words[counts[kind] > 1]}" for kind, words in _OPEN.items() if counts[kind]]
    if found:
        yield f"{_listed(found)}, {'each by its' if counts.total() > 1 else 'by its'} own chance"
    if lower := sum(1 for item in prepared.items if item.below):
        yield f"{lower} of these are of partners below this one, which its figures look at"
    yield "Payments of contracts in force come as scheduled"
    if prepared.coming:
        yield _new_business(prepared)
    traces = prepared.learned.exported
    if traces.entered and counts["deal"] + len(prepared.coming):
        yield "Deals that were entered with many others on one day count as known since they closed"
    if traces.overwrites and counts["deal"]:
        yield "How late deals close is not on record, as their expected day was written over: they may close late"
    if any(prepared.as_it_stands.of(kind) for kind in ("survey", "activity", "observation")):
        yield "Answers, activities and observations come as a year before"
    thin = sum(item.cases < THIN and item.rests_on != BY_PERSON for item in prepared.items)
    if thin:
        yield f"{thin} of {len(prepared.items)} chances rest on fewer than {THIN} cases and lean on the book's average"


def _listed(parts: list[str]) -> str:
    """`a`, `a and b`, `a; b and c`: the parts have commas of their own."""
    return " and ".join(part for part in ("; ".join(parts[:-1]), parts[-1]) if part)


def _new_business(prepared: Prepared) -> str:
    """What new business is drawn from, and whether that is little."""
    tenure = max((record.habits[prepared.partner].tenure for record in _own(prepared)), default=0)
    if not tenure:
        return "New business as other partners of this book began: this one has none behind it yet"
    before = "quarter" if tenure == 1 else f"{tenure} quarters"
    told = f"New business as in the {before} before, spread as it was across the book"
    return told if tenure >= SHORT else f"{told}; that is a short record, so that it leans on other partners"


def _own(prepared: Prepared) -> list[Record]:
    return [r for r in prepared.learned.records.values() if prepared.partner in r.habits]


def left_out(prepared: Prepared) -> tuple[str, ...]:
    """What no scenario holds."""
    found = []
    if not prepared.coming:
        found.append("New business: there is none of late to go by")
    found.append("New customers: new business is that of customers as they are")
    found.append("Refunds and adjustments that nobody knows yet")
    return tuple(found)
