"""Django's command line for this project."""

import os
import sys


def main() -> None:
    """Run the command that was typed, with the demonstration settings unless others are named."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "investreview.settings.demo")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
