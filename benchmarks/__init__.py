"""How fast the library is, beside a peer and the limit: ``python -m benchmarks`` from the top of the repository."""
