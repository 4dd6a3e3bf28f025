"""``manage.py verify_journal``: does the journal still tell what was recorded?"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from investreview.core.clock import is_demonstration
from investreview.core.errors import Invalid
from investreview.core.messages import sentence
from investreview.journal import services
from investreview.journal.heads import read_heads


class Command(BaseCommand):
    """Exit code 0: whole. 1: broken, and the first broken entry is named."""

    help = "封存待封存的日志，逐条重算哈希，与库外的链首比对。 / Seals what waits, recomputes hashes, compares heads."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--heads", type=Path, metavar="FILE", help="库外保存的 heads.log / heads kept elsewhere")
        parser.add_argument("--as-found", action="store_true", help="先不封存，按现状核验 / do not seal first")

    def handle(self, *_args: Any, heads: Path | None, as_found: bool, **_options: Any) -> None:
        try:
            outside = read_heads(heads) if heads else ()
        except Invalid as error:
            raise CommandError(sentence(error)) from error
        if not as_found:
            self.stdout.write(_("本次新封存 %(count)d 条。") % {"count": services.seal()})
        if is_demonstration():
            self.stdout.write(_("注意：本数据库使用演示时钟，操作时间不是真实时间。"))
        reports = [services.verify(chain, outside) for chain in services.chains(outside)]
        for report in reports:
            self._tell(report)
        if not all(report.is_whole for report in reports):
            raise CommandError(_("日志不完整，见上。"))
        self.stdout.write(_("日志完整。") if reports else _("日志为空。"))

    def _tell(self, report: services.Report) -> None:
        self.stdout.write(
            _("链 %(chain)s：核验 %(count)d 条，待封存 %(unsealed)d 条，链首 %(head)s")
            % {
                "chain": report.chain,
                "count": report.checked_count,
                "unsealed": report.unsealed_count,
                "head": f"{report.head.seq} {report.head.hash}" if report.head else "—",
            }
        )
        if report.outside_seq is None:
            self.stdout.write(_("　没有与库外链首比对：若末尾几条被整体截去，本次核验发现不了。"))
        else:
            self.stdout.write(
                _("　已与库外链首比对至第 %(seq)d 条；其后的截尾发现不了。") % {"seq": report.outside_seq}
            )
        for fault in report.faults:
            self.stderr.write("　" + sentence(fault.as_error()))
        if report.fault_count > len(report.faults):
            self.stderr.write(_("　共 %(count)d 处，以上为最前面的几处。") % {"count": report.fault_count})
