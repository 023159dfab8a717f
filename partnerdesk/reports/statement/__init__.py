"""The payout statement as a workbook that recalculates, and as a CSV twin of its lines.

`document` says what goes in, `canonical` what its hash covers, `ties` what must hold before a byte is written;
`workbook` writes the sheets, one module each, and `twin` the CSV. What a partner earned is decided in the engine.
"""
