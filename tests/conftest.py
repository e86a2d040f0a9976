"""Settings for all tests. HYPOTHESIS_PROFILE chooses how hard hypothesis looks."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

_COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("dev", max_examples=50, **_COMMON)
settings.register_profile("ci", max_examples=1_000, derandomize=True, **_COMMON)
settings.register_profile("night", max_examples=10_000, **_COMMON)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))

_LONGEST = ("test_generated.py", "test_native_check.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest goes first, so that no worker is left with it at the end."""
    items.sort(key=lambda item: item.path.name not in _LONGEST)


@pytest.fixture
def own_garbage() -> Iterator[None]:
    """Collections pass over what is there before the test: that of a suite takes a second each."""
    if not hasattr(gc, "freeze"):  # PyPy
        yield
        return
    gc.freeze()
    yield
    gc.unfreeze()
