"""Profiles of Hypothesis: ``quick``, and ``thorough`` by ``pytest tests/laws --hypothesis-profile=thorough``."""

from hypothesis import HealthCheck, settings

_ALLOWED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile("quick", max_examples=100, deadline=None, derandomize=True, suppress_health_check=_ALLOWED)
settings.register_profile("thorough", max_examples=2000, deadline=None, suppress_health_check=_ALLOWED, print_blob=True)
settings.load_profile("quick")
