"""What the second evaluator does not judge yet, by table or key of the format, and why."""

LATER = "the second evaluator does not come to it yet"
UNJUDGED: dict[str, str] = {
    "Stage": LATER,
    **dict.fromkeys(("Fund", "Benefit", "Module.fund", "Module.benefit"), LATER),
}
