"""Published figures that no partner program computes, each with the reason."""

LEFT_OUT: dict[str, str] = {
    "oca-val-01": "An error, not a figure: bounds that leave no value are refused when the text is read",
    "level-pb-2": "The day after an anniversary: a move that waits for one (`on_anniversary_of`) takes effect on it",
    "level-hs-1": "A day of the vendor's own calendar, which the months that its rule names do not lead to",
}
