"""Payment runs: released to finance, read back as remittances, withdrawn where nothing was paid."""
