"""The list as it is narrowed, as an office table, with the filter and the hour printed on it."""

from typing import IO

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from investreview.core.tables import Kind, OutColumn, Sheet, write_workbook
from investreview.core.templatetags.ir import moment
from investreview.desk.inbox.filtering import Chosen
from investreview.desk.inbox.rows import Inbox, Row
from investreview.desk.inbox.tabs import WAITING, Tab, label_of

MOST = 5000
"""Rows of one export; whoever needs more narrows the list."""


def write_inbox(file: IO[bytes], inbox: Inbox, chosen: Chosen, filtered_by: str) -> int:
    """The rows that fit are in ``file``, as many as ``MOST``; answers how many there are."""
    viewer = inbox.viewer
    found = list(inbox.chosen_rows(chosen)[: MOST + 1])
    rows = inbox.shown(chosen.tab, found[:MOST])
    name = label_of(chosen.tab, of_enterprise=viewer.is_enterprise)
    caption = [
        _("%(list)s · %(who)s · %(when)s") % {"list": name, "who": viewer.user.full_name, "when": moment(viewer.at)},
        filtered_by,
        ngettext("共 %d 项，金额单位：万元", "共 %d 项，金额单位：万元", len(rows)) % len(rows),
    ]
    if len(found) > MOST:
        caption.append(_("只列出前 %d 项，请缩小范围后再导出其余。") % MOST)
    columns = _common_columns() + _columns(chosen.tab)
    lines = ((*_common(row), *_line(chosen.tab, row)) for row in rows)
    write_workbook(file, [Sheet(name, columns, lines, caption=tuple(caption))])
    return len(rows)


def _common_columns() -> tuple[OutColumn, ...]:
    return (
        OutColumn(_("项目"), width=32),
        OutColumn(_("编号"), width=18),
        OutColumn(_("类型"), width=16),
        OutColumn(_("申报企业"), width=24),
        OutColumn(_("投资额（万元）"), Kind.WAN, width=16),
    )


def _common(row: Row) -> tuple[object, ...]:
    return row.project, row.number, row.route.text if row.route else "", row.enterprise, row.amount


def _columns(tab: Tab) -> tuple[OutColumn, ...]:
    """What a tab tells beside the project."""
    if tab in WAITING:
        return (
            OutColumn(_("当前环节"), width=16),
            OutColumn(_("代谁办理"), width=12),
            OutColumn(_("到达时间"), Kind.MOMENT, width=18),
            OutColumn(_("本环节期限"), Kind.DAY, width=14),
            OutColumn(_("剩余工作日"), Kind.WHOLE, width=12),
        )
    if tab == Tab.DONE:
        return (
            OutColumn(_("环节"), width=16),
            OutColumn(_("办理结果"), width=18),
            OutColumn(_("办理人"), width=12),
            OutColumn(_("代谁办理"), width=12),
            OutColumn(_("办理时间"), Kind.MOMENT, width=18),
        )
    if tab == Tab.STARTED:
        return OutColumn(_("状态"), width=16), OutColumn(_("报送时间"), Kind.MOMENT, width=18)
    return (
        OutColumn(_("送阅人"), width=12),
        OutColumn(_("附言"), width=32),
        OutColumn(_("送阅时间"), Kind.MOMENT, width=18),
        OutColumn(_("已阅"), width=8),
    )


def _line(tab: Tab, row: Row) -> tuple[object, ...]:
    if tab in WAITING:
        return row.step, row.on_behalf_of, row.at, row.deadline.due_on, row.deadline.remaining
    if tab == Tab.DONE:
        act = _("%(act)s（已收回）") % {"act": row.act} if row.is_recalled else row.act
        return row.step, act, row.who, row.on_behalf_of, row.at
    if tab == Tab.STARTED:
        return (row.state.text if row.state else ""), row.at
    return row.who, row.note, row.at, row.is_read
