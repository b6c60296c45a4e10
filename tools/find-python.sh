#!/bin/sh
# Prints the command of a Python that can make the environment, or one line on standard error that says what to do.
# Looks at $PYTHON only, when it is set; else at the usual names, in order of preference.
set -u

if [ -n "${PYTHON:-}" ]; then
    set -- "$PYTHON"
else
    set -- python3 python3.14 python3.13 python3.12 python3.11 python
fi

# The locked packages are built for these versions: 3.15 and later would have to compile them.
suits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))'
seen=''
bare=''

for candidate do
    version=$("$candidate" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null </dev/null) || continue
    if ! "$candidate" -c "$suits" 2>/dev/null; then
        seen="$seen${seen:+, }$candidate is $version"
    elif ! "$candidate" -c 'import ensurepip, venv' 2>/dev/null; then
        bare="${bare:-$candidate ($version)}"
    else
        printf '%s\n' "$candidate"
        exit 0
    fi
done

if [ -n "$bare" ]; then
    echo "error: $bare has no venv module. On Debian or Ubuntu: 'apt-get install python3-venv' (as root), then run make again." >&2
else
    echo "error: Python 3.11 to 3.14 is needed; found: ${seen:-none}. Install it (macOS: 'brew install python@3.13' or python.org;" \
        "Debian, Ubuntu: 'apt-get install python3 python3-venv'), or name one: make PYTHON=/path/to/python3" >&2
fi
exit 1
