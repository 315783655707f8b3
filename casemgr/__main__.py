"""Start the command line: python -m casemgr."""

import sys

from casemgr.cli import main

sys.exit(main())
