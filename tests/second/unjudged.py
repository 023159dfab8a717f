"""What the second evaluator does not judge yet, by table or key of the format, and why."""

APART = "a ledger of its own beside that of earnings, to which the second evaluator does not come yet"
UNJUDGED: dict[str, str] = {
    **dict.fromkeys(("Fund", "Program.fund", "Module.fund"), APART),
    **dict.fromkeys(("Benefit", "Program.benefit", "Module.benefit"), APART),
}
