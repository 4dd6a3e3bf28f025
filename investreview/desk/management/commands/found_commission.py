"""``manage.py found_commission FILE``: a commission from a reviewed file; may be run again."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from investreview.core import clock
from investreview.core.errors import DomainError
from investreview.core.messages import sentence
from investreview.desk.founding import found


class Command(BaseCommand):
    """Founds, says line by line what is new, and prints the one-time passwords, once."""

    help = "Found a commission from a reviewed YAML file; run again, it adds what is new and changes nothing else."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the founding file, e.g. docs/founding/lianyungang.yaml")

    def handle(self, *args: Any, **options: Any) -> None:
        """The file is founded. Raises: CommandError with the sentence when it is refused."""
        try:
            result = found(options["file"], at=clock.now())
        except DomainError as error:
            raise CommandError(sentence(error)) from error
        for line in result.lines:
            self.stdout.write(f"{'+' if line.is_new else '='} {line.thing.label} {line.text}")
        if not result.is_changed:
            self.stdout.write(_("文件中没有新的内容，未作任何改动。"))
        if result.one_time_passwords:
            self.stdout.write(_("一次性密码（只显示这一次，请当面交给本人，首次登录须修改）："))
            for username, password in result.one_time_passwords.items():
                self.stdout.write(f"  {username}  {password}")
