"""What the second evaluator does not judge yet, by table or key of the format, and why."""

APART = "a ledger of its own beside that of earnings, to which the second evaluator does not come yet"
DATED = "terms that begin with a partner's enrolment inside a version, which the second evaluator does not know yet"
UNJUDGED: dict[str, str] = {
    **dict.fromkeys(("Fund", "Program.fund", "Module.fund"), APART),
    **dict.fromkeys(("Module.enrolled", "Track.enrolled"), DATED),
    **dict.fromkeys(("Benefit", "Program.benefit", "Module.benefit"), APART),
}
