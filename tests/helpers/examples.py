"""How many examples a property is tried with: those that a test names, fewer in `make quick`, more in `make soak`."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, settings

USUAL = 100
"""Hypothesis' own number, of which the profile of ``make test`` has half."""


def examples(number: int, **more: Any) -> settings:
    """Return settings for so many examples, or the share of them that the profile in use asks for.

    ``more`` goes to Hypothesis. That making examples takes long on a busy machine is no failure.
    """
    wanted = max(1, number * settings.default.max_examples // USUAL) if settings.default else number
    return settings(max_examples=wanted, suppress_health_check=[HealthCheck.too_slow], **more)
