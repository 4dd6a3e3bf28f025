"""Sentences of the projects room: the course of a project after the decision."""

SENTENCES: dict[str, tuple[str, str]] = {
    "projects_project_not_visible": (
        "没有这个项目，或者您无权查看。",
        "There is no such project, or you may not see it.",
    ),
    "projects_milestone_amount": (
        "登记“确定实际投资额”须填写实际投资额（不小于0）；登记其他节点不填金额。",
        "The actual amount (0 or more) belongs to the milestone “actual amount settled”, and to no other.",
    ),
    "projects_milestone_stands": (
        "本项目已登记“{kind}”。登记有误的，请先撤销原记录并说明理由，再重新登记。",
        "“{kind}” is already entered for this project. If it is wrong, withdraw it with a reason, then enter it again.",
    ),
}
