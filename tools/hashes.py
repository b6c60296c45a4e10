"""Lists the hash of every file of a built site, or compares it with such a list: do two Pythons build the same bytes?

Run by the Makefile as ``python tools/hashes.py SITE LIST``; standard library only. A list that is not there yet is
written, ``<SHA-256>  <path>`` a line, as sha256sum writes them. With one that is there the site is compared, and the
exit status is 1 where a file is other, new or gone.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

MOST_NAMED = 20
"""Files that are named one by one."""


def hashes(site: Path) -> dict[str, str]:
    """Return path below the site to the SHA-256 of each file, in the order of paths."""
    files = {file.relative_to(site).as_posix(): file for file in site.rglob("*") if file.is_file()}
    return {path: hashlib.sha256(files[path].read_bytes()).hexdigest() for path in sorted(files)}


def read_list(file: Path) -> dict[str, str]:
    """Return what a list holds."""
    rows = (line.partition("  ") for line in file.read_text("utf-8").splitlines())
    return {path: digest for digest, _, path in rows}


def main(site: Path, file: Path) -> None:
    """Write the list, or compare the site with it."""
    found = hashes(site)
    if not found:
        sys.exit(f"error: there is no file in {site}: build the site first")
    if not file.exists():
        file.write_text("".join(f"{digest}  {path}\n" for path, digest in found.items()), "utf-8")
        print(f"Wrote {file}: {len(found)} files")
        return
    before = read_list(file)
    other = sorted(path for path in {*before, *found} if before.get(path) != found.get(path))
    if not other:
        print(f"All {len(found)} files are those of {file}, byte for byte")
        return
    for path in other[:MOST_NAMED]:
        print(f"{'new' if path not in before else 'gone' if path not in found else 'other bytes'}: {path}")
    more = f", {len(other) - MOST_NAMED} more than are named here" if len(other) > MOST_NAMED else ""
    sys.exit(f"error: {len(other)} of {len(found)} files are not those of {file}{more}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
