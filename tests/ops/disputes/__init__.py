"""Claims of partners: raised, held, answered, sent back in a workbook."""
