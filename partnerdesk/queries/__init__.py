"""Every read of a book: a Session first, frozen rows out. Nothing here writes, and no mapped object leaves."""
