"""``python -m benchmarks`` measures the build; with one more word what README says of that word."""

import sys

from benchmarks import build, collect, growth, serve
from benchmarks.lighthouse import run as lighthouse
from benchmarks.search import run as search

OTHERS = {
    "search": search.main,
    "growth": growth.main,
    "collect": collect.main,
    "serve": serve.main,
    "lighthouse": lighthouse.main,
}

if __name__ == "__main__":
    _, *words = sys.argv
    if words and words[0] in OTHERS:
        OTHERS[words[0]](words[1:])
    else:
        build.main(words)
