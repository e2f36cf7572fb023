"""What is asked of the whole ledger rather than of one kind of record: search, timeline, coverage; and the index."""
