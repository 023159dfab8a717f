"""What the pages of a pack are called on the screen, in the order of their anatomy."""

PAGE_NAMES = {
    "summary": "Summary",
    "commitments": "Commitments kept",
    "score": "Score",
    "earnings": "Earnings",
    "renewals": "Renewals",
    "pipeline": "Pipeline",
    "outlook": "Outlook",
    "next": "Commitments",
    "appendix": "Appendix",
}
