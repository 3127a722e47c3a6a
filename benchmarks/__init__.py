"""How fast the library is, beside a peer and beside the limit: ``python -m benchmarks`` from the top of the repository."""
