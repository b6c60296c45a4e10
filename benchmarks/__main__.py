"""``python -m benchmarks`` measures the build; ``search``, ``growth``, ``collect`` and ``serve`` what README says."""

import sys

from benchmarks import build, collect, growth, serve
from benchmarks.search import run

if __name__ == "__main__":
    if sys.argv[1:2] == ["search"]:
        run.main(sys.argv[2:])
    elif sys.argv[1:2] == ["growth"]:
        growth.main(sys.argv[2:])
    elif sys.argv[1:2] == ["collect"]:
        collect.main(sys.argv[2:])
    elif sys.argv[1:2] == ["serve"]:
        serve.main(sys.argv[2:])
    else:
        build.main(sys.argv[1:])
