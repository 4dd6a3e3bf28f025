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
        "本环节已由{who}办理完毕，您的操作没有执行。",
        "This step was already done by {who}; your act was not carried out.",
    ),
    "workflows_seat_not_transferable": (
        "专家席位不能转办；不能参加的，请按请假或者回避登记，由候补递补。",
        "A seat on a panel cannot be transferred; record a decline or recusal, and the next in line takes it.",
    ),
    "workflows_claimed_by_other": (
        "本环节已由{who}认领，您没有认领成功。",
        "{who} has claimed this step already; you have not.",
    ),
    "workflows_not_of_a_pool": (
        "本环节不需要认领，也不能退回待认领；需要换人办理的，请转办。",
        "This step is not claimed and cannot be given back; to have somebody else do it, transfer it.",
    ),
    "workflows_nobody_holds": (
        "本环节还没有人认领，不需要退回。",
        "Nobody has claimed this step; there is nothing to give back.",
    ),
    "workflows_circulation_not_yours": (
        "传阅由本环节办理人或者处长办理。",
        "Whoever holds the step, or the office head, puts a case before others.",
    ),
    "workflows_reader_needed": (
        "请至少选择一名可以查看本办件的人员。",
        "Choose at least one person who may read this case.",
    ),
    "workflows_urging_not_yours": (
        "催办由申报企业或者集团人员提出。",
        "Only the applying enterprise or its group may remind the commission.",
    ),
    "workflows_nothing_to_urge": (
        "办件现在不在市国资委办理，不需要催办。",
        "The case is not with the commission now; there is nobody to remind.",
    ),
    "workflows_urged_already": (
        "本办件已于{asked_on}催办，{again_from}起可以再次催办。",
        "A reminder was sent on {asked_on}; another may be sent from {again_from}.",
    ),
    "workflows_act_not_of_task": (
        "本环节不能进行这项操作（{act}）。",
        "This act ({act}) does not belong to this step.",
    ),
    "workflows_not_your_act": (
        "只能收回您本人最后办理的操作。",
        "Only your own last act can be recalled.",
    ),
    "workflows_nothing_to_withdraw": (
        "没有可以撤回的签发：复函尚未签发，或者已经用印送达。用印之后请办理更正函或者作废重发。",
        "There is no signature to take back: the letter is not signed, or is sealed and sent already. After the seal"
        " use a correction letter, or void and reissue it.",
    ),
    "workflows_hand_over_not_yours": (
        "工作交接由本人、处长（企业人员由集团报送人）办理。",
        "Work is handed over by the person, the office head or, in an enterprise, the group's releaser.",
    ),
    "workflows_nothing_to_hand_over": (
        "{who}没有需要交接的工作。",
        "{who} holds no work to hand over.",
    ),
    "workflows_hand_over_changed": (
        "{who}的在办工作在您填写时有变化，请核对后重新提交；您的选择已保留。",
        "The work of {who} changed while you were choosing; check it and send again. Your choices are kept.",
    ),
    "workflows_receiver_is_giver": (
        "接交人不能是移交人本人。",
        "The receiver must be somebody other than the person who leaves the work.",
    ),
    "workflows_hand_over_not_visible": ("没有这份工作交接单。", "There is no such hand-over."),
    "workflows_receiver_needed": (
        "请选择接交人，或者为下列每一项分别选择。",
        "Choose who takes these, or choose for each line below.",
    ),
    "workflows_stall_not_visible": ("没有这条停滞记录。", "There is no such stalled process."),
    "workflows_stall_keeper_only": (
        "只有系统管理员可以让停滞的流程继续。",
        "Only the system administrator sets a stalled process going again.",
    ),
    "workflows_nothing_to_reopen": (
        "没有可以重新打开的环节，流程没有改动；请把记录编号交技术支持查看。",
        "There is no step to open again and nothing was changed; give the number of this record to technical support.",
    ),
}
