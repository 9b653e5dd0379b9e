import sys

from macros.check import main

raise SystemExit(main(sys.argv[1:]))
