"""``python -m build_scripts`` is the command ``evidence``."""

from __future__ import annotations

from build_scripts.commands.main import main

if __name__ == "__main__":
    main(prog_name="evidence")
