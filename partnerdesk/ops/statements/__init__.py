"""The life of a statement: closed, frozen, replayed, exported, disputed, adjusted."""
