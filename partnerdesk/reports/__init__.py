"""Documents out: statement, pack and pages, as XLSX, CSV and PDF. They get frozen rows and know no database."""
