#!/bin/sh
# macOS: double-click. Linux: sh start.command. Starts Lentigo with whichever of Node and Python this machine has.
cd "$(dirname "$0")" || exit 1
if command -v node >/dev/null 2>&1; then exec node start.mjs "$@"; fi
if command -v python3 >/dev/null 2>&1; then exec python3 start.py "$@"; fi
echo "Lentigo needs Node (https://nodejs.org) or Python 3 (https://www.python.org) on this machine to be served."
exit 1
