"""Plan: what both sides set out to do, its tables, its pages, and the workbook that comes back."""
