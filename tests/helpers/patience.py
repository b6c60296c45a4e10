"""How long tests wait for anything."""

from __future__ import annotations

PATIENCE = 240.0
"""Seconds: many times what anything takes on a busy machine, so that only what never comes is missed."""
