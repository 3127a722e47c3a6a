"""Speed and size of the library beside another library and a baseline: run ``python -m benchmarks``."""
