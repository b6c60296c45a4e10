"""What reads and writes YAML by libyaml, or PyYAML's own where PyYAML came without it: alike, but slower."""

from __future__ import annotations

from typing import Any

import yaml

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Makes plain values only, as ``yaml.safe_load`` does."""

DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
"""Writes plain values only, as ``yaml.safe_dump`` does."""
