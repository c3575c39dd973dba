"""``python -m tf1compat_wd.cli`` is ``tf1compat-wd``."""

import sys

from tf1compat_wd.cli.commands import main

if __name__ == "__main__":
    sys.exit(main())
