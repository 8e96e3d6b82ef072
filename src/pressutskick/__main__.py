"""`python -m pressutskick`: the same program as the `pressutskick` command."""

import sys

from pressutskick.cli import main

sys.exit(main())
