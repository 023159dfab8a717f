"""The payout statement as a workbook that recalculates, and as CSV: its lines, its movements.

`document` says what goes in, `canonical` what its hash covers, `ties` what must hold before a byte is written;
`workbook` writes the sheets, one module each, `twin` and `moves_twin` the CSV. What a partner earned is
decided in the engine.
"""
