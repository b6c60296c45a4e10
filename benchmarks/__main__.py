"""``python -m benchmarks`` measures the build, or ``search``, ``growth`` or ``collect``; README.md says more."""

import sys

from benchmarks import build, collect, growth
from benchmarks.search import run

if __name__ == "__main__":
    if sys.argv[1:2] == ["search"]:
        run.main(sys.argv[2:])
    elif sys.argv[1:2] == ["growth"]:
        growth.main(sys.argv[2:])
    elif sys.argv[1:2] == ["collect"]:
        collect.main(sys.argv[2:])
    else:
        build.main(sys.argv[1:])
