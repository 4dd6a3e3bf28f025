"""What a case says now, for the page of a form that was opened before somebody changed it."""

from django.utils.translation import gettext

from investreview.projects.models import Case
from workflows.labels import node_label
from workflows.review.letters import current_ordinal
from workflows.review.opinions import opinion_lines
from workflows.selectors import open_items


def case_now(case: Case) -> list[tuple[str, str]]:
    """State, step, version of the reply and the latest opinion, label by label."""
    rows = [
        (gettext("状态"), str(case.get_state_display())),
        (gettext("当前环节"), gettext("、").join(str(node_label(item.node)) for item in open_items(case))),
    ]
    ordinal = current_ordinal(case.letter_id)
    if ordinal is not None:
        rows.append((gettext("复函代拟稿"), gettext("第%(ordinal)d版") % {"ordinal": ordinal}))
    lines = opinion_lines(case)
    if lines:
        last = lines[-1]
        rows.append(
            (
                gettext("最近一条意见"),
                gettext("{name}：{text}").format(
                    name=f"{last.part} {last.who}", text=f"{last.outcome} {last.text}".strip()
                ),
            )
        )
    return rows
