"""Sentences of the desk."""

SENTENCES: dict[str, tuple[str, str]] = {
    "desk_no_cases_here": (
        "您的岗位不办理也不查阅办件。如需查阅，请联系安全管理员授予相应角色。",
        "Your role neither handles nor reads cases. If it should, ask the security administrator for the role.",
    ),
    "desk_overview_not_yours": (
        "监管总览供经办、处长、分管领导、主任和审计人员查阅。如需查阅，请联系安全管理员授予相应角色。",
        "The overview is for officers, heads, deputy directors, directors and auditors. "
        "If you need it, ask the security administrator for the role.",
    ),
    "desk_overview_filter": (
        "筛选条件不正确，没有生成文件。请在监管总览页面重新选择年度、期间和企业后再导出。",
        "The filter cannot be followed, and no file was made. Choose year, period and group on the overview again.",
    ),
    "desk_overview_no_list": (
        "监管总览中没有这个清单。请从监管总览页面打开。",
        "The overview has no such list. Please open it from the overview.",
    ),
    "desk_journal_not_yours": (
        "操作日志由市国资委人员核对，企业不能核对。",
        "The journal is checked by the commission's people, not by an enterprise.",
    ),
    "desk_jobs_keeper_only": (
        "只有系统管理员可以查看和处理后台任务。",
        "Only the system administrator sees and handles the background jobs.",
    ),
    "desk_view_not_visible": ("没有这个视图，或者它不是您保存的。", "There is no such view, or it is not yours."),
    "desk_view_name_needed": ("请填写视图名称。", "Give the view a name."),
    "desk_view_name_taken": (
        "您已有名为“{name}”的视图，请换一个名称。",
        "You have a view called “{name}” already; choose another name.",
    ),
    "desk_views_too_many": (
        "最多保存{most}个视图，请先删除不用的视图。",
        "At most {most} views can be kept; delete one you no longer use first.",
    ),
    "desk_no_such_guide": (
        "使用手册中没有这一页。请从手册目录打开。",
        "The guide has no such page. Please open it from its list.",
    ),
    "desk_nothing_selected": (
        "没有选择事项，请先勾选。",
        "Nothing is selected; tick at least one line first.",
    ),
}
