"""Words that the engine or most programs know for a kind of fact; others are a program's own, but slips of the pen."""

USUAL = {
    ("transaction", "kind"): ("invoice", "payment", "credit-note", "refund", "write-off", "usage"),
    ("deal", "kind"): ("new", "expansion", "cross-sell", "upsell", "renewal", "services"),
    ("deal", "role"): ("sourced", "assisted", "managed"),
    ("credit", "role"): ("sourced", "assisted", "managed"),
    ("survey", "kind"): ("csat", "nps"),
    ("check", "group"): ("standards", "adoption"),
}
