"""remove_second_factor: for the last security administrator who lost telephone and recovery codes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from investreview.accounts.models import User
from investreview.accounts.services import remove_second_factor_at_console
from investreview.core import clock
from investreview.core.errors import DomainError
from investreview.core.messages import sentence


class Command(BaseCommand):
    """The person signs in with the password alone and sets up another; the access journal tells of it."""

    help = "解除一个人的动态口令（没有其他安全管理员时使用），记入访问日志"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="用户名")
        parser.add_argument("--reason", required=True, help="理由，记入访问日志")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            person = User.objects.get_by_natural_key(options["username"])
            remove_second_factor_at_console(user=person, reason=options["reason"], at=clock.now())
        except User.DoesNotExist:
            raise CommandError(f"没有用户“{options['username']}”。 / There is no such user.") from None
        except DomainError as error:
            raise CommandError(f"{sentence(error, 'zh-hans')} / {sentence(error, 'en')}") from error
        self.stdout.write(f"{person.full_name} 的动态口令已解除。")
