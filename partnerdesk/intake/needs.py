"""What a kind cannot be without: a column of each group. Where one is missing, rows are another kind, or we ask."""

# Without these a kind cannot be what the rows are: one of each group must have a column.
NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    "deal": (("amount", "stage", "status", "close", "closed", "ordered", "expected_close", "is_won"),),
    "deal_line": (("deal",), ("amount", "unit_price"), ("product", "day", "quantity")),
    "credit": (("deal",), ("partner",), ("share",)),
    "stage_change": (("deal",), ("stage",), ("day",)),
    "contract": (("start", "end", "recurring", "mrr", "amount"), ("end", "start", "status", "outcome")),
    "transaction": (("amount", "unit_price"), ("day",)),
    "deployment": (("kickoff", "live", "planned_live", "planned_kickoff"),),
    "check": (("deployment",), ("met",)),
    "survey": (("score",),),
    "certification": (("person", "last_name", "email"), ("certificate",)),
    "activity": (("day",), ("kind", "title")),
    "observation": (("partner",), ("metric",), ("value",)),
    "fund_entry": (("partner",), ("fund", "kind"), ("amount",)),
    "adjustment": (("partner",), ("amount",), ("reason", "reason_code", "approver")),
    "dispute": (("partner",), ("line",), ("claimed", "raised_by", "outcome", "answer_by")),
    "hold": (("partner",), ("day",), ("reason", "placed_by"), ("placed_by", "released", "released_by")),
    "payment": (("partner",), ("amount", "gross"), ("day",)),
    "opening": (("partner",), ("kind",), ("amount",), ("day",), ("due", "earning", "waits_for", "evidence")),
    "exchange_rate": (("base",), ("quote",), ("rate",)),
    "coverage": (("person",), ("territory",)),
    "target": (("amount",), ("month", "start", "year", "period", "quarter")),
    "case": (("opened", "severity"),),
    "enrolment": (("partner",), ("program",)),
    "tier_decision": (("partner",), ("tier",)),
    "account": (("name",),),
    "partner": (("name",),),
    "customer": (("name",),),
    "product": (("name",),),
    "person": (("name", "first_name", "last_name"),),
    "territory": (("name",),),
}


def lacking(kind: str, given: "set[str] | frozenset[str]") -> tuple[tuple[str, ...], ...]:
    """The groups of a kind of which no field is given."""
    return tuple(group for group in NEEDED.get(kind, ()) if not given & set(group))
