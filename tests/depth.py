"""How deep this run asks. ``bin/test --all`` asks everybody about everything; any other run asks a share."""

import os

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "default")
IS_ALL = PROFILE == "all"
