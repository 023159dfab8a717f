"""Published figures that no partner program computes, each with the reason."""

LEFT_OUT: dict[str, str] = {
    "oca-val-01": "An error, not a figure: a band whose floors fall is refused when the text is read",
}
