"""``python -m build_scripts.contribute.importers KIND``: what ``apart.py`` starts."""

from __future__ import annotations

import sys

from build_scripts.contribute.importers.apart import main

sys.exit(main(*sys.argv[1:]))
