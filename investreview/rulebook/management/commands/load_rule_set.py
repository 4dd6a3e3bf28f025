"""``manage.py load_rule_set FILE --commission CODE``: a reviewed rule file becomes a draft."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from investreview.core import clock
from investreview.core.actor import SYSTEM
from investreview.core.errors import DomainError
from investreview.core.messages import sentence
from investreview.registry.models import Commission
from investreview.rulebook.services import load_rule_set


class Command(BaseCommand):
    """Loads a rule file as a draft; the office head publishes it."""

    help = "把审定的规则文件载入为规则集草案，由处长发布 / load a reviewed rule file as a draft"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="YAML")
        parser.add_argument("--commission", required=True, help="例如 LYG")

    def handle(self, *_args: Any, file: Path, commission: str, **_options: Any) -> None:
        held = Commission.objects.filter(code=commission).first()
        if held is None:
            known = "、".join(Commission.objects.order_by("code").values_list("code", flat=True)) or "—"
            raise CommandError(f"没有代码为 {commission} 的国资委，现有：{known} / no commission {commission}")
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"无法读取 {file}：{error.strerror} / cannot read {file}") from error
        try:
            rule_set = load_rule_set(commission=held, content=content, actor=SYSTEM, at=clock.now())
        except DomainError as error:
            raise CommandError(f"{sentence(error, 'zh-hans')} / {sentence(error, 'en')}") from error
        self.stdout.write(f"{rule_set.code} {rule_set.get_state_display()} {rule_set.sha256}")
