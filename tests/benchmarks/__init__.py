"""What the benchmarks are made of: the synthetic base, the client, and the arithmetic."""
