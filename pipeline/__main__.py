"""`python -m pipeline` is the `vanban` command."""

import sys

from pipeline.cli import main

sys.exit(main())
