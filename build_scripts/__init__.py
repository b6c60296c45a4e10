"""Turns the reports in ``data/`` into the pages and files of the site."""

from __future__ import annotations

__version__ = "0.1.0"
