"""`python -m simlib` is the command `simlib`."""

import sys

from simlib.cli import main

sys.exit(main())
