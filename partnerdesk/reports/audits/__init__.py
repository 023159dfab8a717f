"""The report of a metric audit as a workbook."""
