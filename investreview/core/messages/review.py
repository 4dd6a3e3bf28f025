"""Sentences of the doors of the process."""

SENTENCES: dict[str, tuple[str, str]] = {
    "review_form_incomplete": (
        "提交的内容不完整，什么都没有保存。请重新打开页面后再办理。",
        "What was sent is incomplete and nothing was saved. Open the page again and repeat the act.",
    ),
    "review_paper_not_readable": (
        "回录的内容不完整，不能生效。请选择“不一致”并重新回录。",
        "The entry is incomplete and cannot take effect. Choose “differs” and enter it again.",
    ),
    "review_step_gone": (
        "本环节已取消（前一操作已收回，或者办件已撤回、退回），您的操作没有执行。您填写的内容仍在下方。",
        "This step no longer exists (the act before it was recalled, or the case was withdrawn or returned); "
        "your act was not carried out. What you typed is kept below.",
    ),
    "review_step_recalled": (
        "本环节的操作已由{who}收回，您的操作没有执行。您填写的内容仍在下方。",
        "The act of this step was recalled by {who}; your act was not carried out. What you typed is kept below.",
    ),
    "review_no_paper_here": (
        "本环节不使用呈批表，不能回录线下签批。",
        "This step has no approval sheet; no paper decision can be entered for it.",
    ),
}
