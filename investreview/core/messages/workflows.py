"""Sentences of the workflows room."""

SENTENCES: dict[str, tuple[str, str]] = {
    "workflows_assigned_to_other": (
        "本环节已指定由{who}办理；如需代办，请由其本人或处长转办。",
        "This step is assigned to {who}; the holder or the office head can transfer it.",
    ),
    "workflows_already_started": (
        "办件{number}已经送审，请刷新页面。",
        "The case {number} was already handed over; reload the page.",
    ),
    "workflows_done_by_other": (
        "本环节已由{who}办理完毕，您的操作没有执行。您填写的内容仍在下方。",
        "This step was already done by {who}; your act was not carried out. What you typed is kept below.",
    ),
    "workflows_act_not_of_task": (
        "本环节不能进行这项操作（{act}）。",
        "This act ({act}) does not belong to this step.",
    ),
    "workflows_not_your_act": (
        "只能收回您本人最后办理的操作。",
        "Only your own last act can be recalled.",
    ),
}
