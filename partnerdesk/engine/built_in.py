"""Names of figures that every program has, whatever it calls its own metrics and earnings."""

# What the first word of a name asks for before any metric is looked at (`engine.naming`).
ASKED_FIRST = ("score", "tier", "reached", "stage", "earned", "payout", "payouts", "payable", "fund", "benefit")
# Rows of a statement, which a metric of the same name hides.
ROWS = (
    *("opening", "opened", "deferred", "holdback", "released", "clawback", "forfeited", "topup", "adjusted"),
    *("trueup", "lapsed", "tax", "paid", "closing"),
)
