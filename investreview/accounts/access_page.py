"""The access journal, arranged for the audit administrator's page."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from investreview.accounts.selectors import access_entries
from investreview.journal.models import Entry
from investreview.registry.models import Commission

VERBS: dict[str, Promise] = {
    "session.open": _("登录"),
    "session.close": _("退出"),
    "session.refuse": _("登录失败"),
    "session.end": _("结束其他登录"),
    "factor.set_up": _("启用动态口令"),
    "factor.renew_codes": _("更换恢复码"),
    "factor.remove": _("解除动态口令"),
    "access.deny": _("拒绝访问"),
    "password.ask": _("申请重设密码"),
    "ACCESS_DENIED": _("拒绝访问（未登录）"),
    "case.read": _("查阅办件"),
    "document.read": _("查阅文书"),
    "document.download": _("下载文书"),
    "file.download": _("下载附件"),
    "file.preview": _("预览附件"),
    "case.download_materials": _("打包下载材料"),
    "panel.read": _("查阅专家组"),
    "past.read": _("查阅补录和接续"),
    "past.export": _("导出补录项目"),
    "sms.download": _("下载短信文件"),
    "draw.export": _("下载抽取证据"),
    "overview.read": _("查阅监管总览"),
    "overview.export": _("导出监管总览"),
    "inbox.export": _("导出事项清单"),
    "agenda.download": _("下载会议材料汇编"),
    "document.print": _("打印文书"),
}
SUBJECTS: dict[str, Promise] = {
    "user": _("用户"),
    "page": _("页面"),
    "case": _("办件"),
    "document": _("文书"),
    "file": _("附件"),
    "past": _("补录项目"),
    "backfill": _("补录批次"),
    "takeover": _("接续单"),
    "sms_pickup": _("短信文件"),
    "overview": _("监管总览"),
}
RESULTS: dict[str, Promise] = {"DONE": _("完成"), "DENIED": _("拒绝")}


@dataclass(frozen=True)
class AccessRow:
    """One entry as a line of the table; papers and files are named by the number of their case, never by their own."""

    entry: Entry
    verb: str | Promise
    subject: str
    result: str | Promise
    address: str


def access_page(commission: Commission, *, before: int | None) -> tuple[list[AccessRow], int | None]:
    """A page of lines, newest first, and the key from which the next page goes on."""
    entries, older = access_entries(commission, before=before)
    return [_row(entry) for entry in entries], older


def _row(entry: Entry) -> AccessRow:
    address = str(entry.facts.get("address", "")) or "—"
    kind, about = SUBJECTS.get(entry.subject_kind, entry.subject_kind), entry.facts.get("case") or entry.subject_key
    return AccessRow(
        entry,
        verb=VERBS.get(entry.verb, entry.verb),
        subject=f"{kind} {about}",
        result=RESULTS.get(entry.result, entry.result),
        address=address,
    )
