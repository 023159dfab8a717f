"""The joint plan leaves as pages and as a workbook, and the workbook comes back as proposals."""
