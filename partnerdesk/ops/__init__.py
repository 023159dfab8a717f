"""Every write and export: plain functions, verbs, a Session first. They never commit; only `Store.transact` does."""
