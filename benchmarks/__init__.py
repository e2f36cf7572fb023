"""How fast the API answers, beside what a data user would pick instead. `make bench` runs it; docs/benchmarks.md
says what it measures. Nothing here is a test, and nothing of the ledger needs it."""
