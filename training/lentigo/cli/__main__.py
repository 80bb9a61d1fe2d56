"""`python -m lentigo.cli`."""

import sys

from lentigo.cli import main

sys.exit(main())
