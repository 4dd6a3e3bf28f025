"""Sentences of mistakes put right, and of work that changes hands, in the projects room."""

SENTENCES: dict[str, tuple[str, str]] = {
    "projects_not_your_signature": (
        "只有签发人本人（由他人代签的，也包括委托人）可以撤回签发。",
        "Only the signer, or the leader in whose name it was given, takes a signature back.",
    ),
    "projects_remedy_open": (
        "本办件已有一份更正函或者重发复函在办，请先办完。",
        "A correcting or reissued letter is already at work on this case; finish it first.",
    ),
    "projects_emendation_needed": (
        "请至少写明一处错误：原复函的文字和更正后的文字。",
        "State at least one mistake: what the letter says and what it is to say.",
    ),
    "projects_emendation_not_found": (
        "原复函中没有“{given}”这段文字，请照原文摘录。",
        "The letter does not say “{given}”; please copy its own words.",
    ),
    "projects_correction_same": (
        "更正后的内容与现在的相同，请核对。",
        "The corrected text is the same as the present one; please check.",
    ),
    "projects_correction_before_delivery": (
        "复函尚未送达，不办更正单。请由签发人撤回签发，退回处室后更正。",
        "The letter is not delivered yet. The signer takes the signature back, and the case is corrected there.",
    ),
    "projects_field_not_correctable": (
        "这一项不能用更正单更正；分期投资额和出资承诺变化的，按重大变更重新报送。",
        "This cannot be put right by a slip; changed amounts are reported anew as a change.",
    ),
    "projects_slip_waiting": (
        "“{name}”已有一份更正单等待核对。",
        "A slip for “{name}” already waits for its check.",
    ),
    "projects_correction_reroutes": (
        "按更正后的内容，本办件应走“{route}”或者增加程序要求，不是文字更正；请按重大变更重新报送。",
        "With this value the case would take “{route}” or further duties: report it anew as a change.",
    ),
    "projects_slip_not_waiting": (
        "这份更正单已经核对完毕。",
        "This slip was already answered.",
    ),
    "projects_slip_same_person": (
        "核对人须是提出人以外的另一人。",
        "The slip is checked by somebody other than who proposed it.",
    ),
    "projects_nothing_promised": (
        "这条电话记录没有承诺事项。",
        "Nothing was promised in this call.",
    ),
    "projects_receiver_lacks_role": (
        "{who}没有“{role}”身份，不能接办{number}。",
        "{who} does not hold “{role}” and cannot take over {number}.",
    ),
    "projects_receiver_in_conflict": (
        "{who}在{number}中已承担其他环节，按不相容职责分离要求不能接办“{duty}”。",
        "{who} already acted elsewhere on {number}; duties must stay apart, so somebody else must do “{duty}”.",
    ),
    "projects_not_held": (
        "{number}已不由{who}承办，请刷新页面重新办理交接。",
        "{number} is no longer with {who}; reload the page and hand over anew.",
    ),
    "projects_answer_missing": (
        "请选择“核对无误，予以更正”或者“不予更正”。",
        "Choose to confirm the correction or to reject it.",
    ),
}
