"""Sentences of the doors of the process."""

SENTENCES: dict[str, tuple[str, str]] = {
    "review_nothing_to_seal": (
        "本环节没有等待用印的复函；请从公文办理页打开。",
        "No letter of this step waits for its seal; open it from the page of letters.",
    ),
    "review_no_sheets": (
        "现在没有可以打印的呈批表。有待签的办件时，可以一次打印全部。",
        "There is no approval sheet to print now. When cases wait for signature, all of them are printed at once.",
    ),
    "review_form_incomplete": (
        "提交的内容不完整，什么都没有保存。请重新打开页面后再办理。",
        "What was sent is incomplete and nothing was saved. Open the page again and repeat the act.",
    ),
    "review_paper_not_readable": (
        "回录的内容不完整，不能生效。请选择“不一致”并重新回录。",
        "The entry is incomplete and cannot take effect. Choose “differs” and enter it again.",
    ),
    "review_step_gone": (
        "本环节已取消（前一操作已收回，或者办件已撤回、退回），您的操作没有执行。",
        "This step no longer exists (the act before it was recalled, or the case was withdrawn or returned); "
        "your act was not carried out.",
    ),
    "review_step_recalled": (
        "本环节的操作已由{who}收回，您的操作没有执行。",
        "The act of this step was recalled by {who}; your act was not carried out.",
    ),
    "review_no_paper_here": (
        "本环节不使用呈批表，不能回录线下签批。",
        "This step has no approval sheet; no paper decision can be entered for it.",
    ),
    "review_emendation_half": (
        "同一行的“原复函文字”和“更正为”须一并填写。",
        "Fill in both what the letter says and what it is to say on the same line.",
    ),
    "review_no_letter_sent": (
        "本办件没有已经送达的复函。用印之前由签发人撤回签发。",
        "No letter of this case was sent yet. Before the seal the signer takes the signature back.",
    ),
}
