"""From lines to money: vesting, holds, clawback, the ledger, what is due when, the statement."""
