"""Co-marketing and co-innovation money: what is put into a fund, asked for, approved, claimed, paid and lost.

A ledger of its own, beside that of earnings and never a part of a payout. Every movement takes an amount from one
place into another, so what was issued is always available, approved, claimed, paid or expired.
"""
