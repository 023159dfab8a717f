"""What the second evaluator does not judge yet, by table or key of the format, and why."""

LATER = "the second evaluator does not come to it yet"
UNJUDGED: dict[str, str] = {
    **dict.fromkeys(("Earning", "Base", "Rate", "RateEntry", "Bands", "Step", "Factor", "FactorEntry", "Count"), LATER),
    **dict.fromkeys(("Vest", "Clawback", "ClawStep", "Cap", "SafetyNet", "Holdback", "DatedAmount"), LATER),
    **dict.fromkeys(("Settlement", "Draw", "Rounding", "Eligibility", "Gate", "Transition", "Module", "Stage"), LATER),
}
