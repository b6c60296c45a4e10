"""``python -m benchmarks`` measures the build, ``python -m benchmarks search`` the search; README.md says more."""

import sys

from benchmarks import build
from benchmarks.search import run

if __name__ == "__main__":
    if sys.argv[1:2] == ["search"]:
        run.main(sys.argv[2:])
    else:
        build.main(sys.argv[1:])
