"""Sentences of the projects room: instructions of leaders, agendas and their packs, the sealed original."""

SENTENCES: dict[str, tuple[str, str]] = {
    "projects_agenda_not_visible": (
        "没有这份议题清单，或者您无权查看。",
        "There is no such agenda, or you may not see it.",
    ),
    "projects_agenda_name": ("请填写会议名称。", "Please give the meeting a name."),
    "projects_agenda_case": (
        "请从名单中选择一件正在办理、已有拟办意见的办件。",
        "Please choose a case under way that has been proposed already.",
    ),
    "projects_agenda_full": (
        "一份清单最多 {most} 个议题，请另建一份。",
        "An agenda holds at most {most} items; please begin another.",
    ),
    "projects_agenda_file": (
        "所选材料已有变化，请刷新页面后重新选择。",
        "The chosen materials have changed; reload the page and choose again.",
    ),
    "projects_agenda_empty": (
        "清单上还没有议题，请先加入办件再汇编材料。",
        "The agenda is empty; add cases before its papers are put together.",
    ),
    "projects_pack_too_large": (
        "所选材料共 {size} MB、{pages} 页，超过一册 {limit} MB、{most} 页；请减少材料，或者分成两份清单。",
        "The chosen materials come to {size} MB and {pages} pages; a pack holds {limit} MB and {most} pages. "
        "Choose fewer, or make two agendas.",
    ),
    "projects_sealed_missing": (
        "还没有盖章原件，请上传扫描件或者 OFD 后再送达。",
        "There is no sealed original yet; upload its scan or OFD, then deliver.",
    ),
    "projects_instruction_not_visible": (
        "没有这件批示，或者您无权查看。",
        "There is no such instruction, or you may not see it.",
    ),
    "projects_instruction_not_yours": (
        "本批示由{who}承办，只有承办处室的人员或者承办人可以报告。",
        "This instruction is for {who}; only they report on it.",
    ),
    "projects_instruction_not_open": (
        "本批示现为“{state}”，不能这样办理；请刷新页面查看最新情况。",
        "The instruction now stands at “{state}”, so this cannot be done; reload the page to see what happened.",
    ),
    "projects_instruction_due_past": (
        "完成期限 {given} 已经过去，请填写今天或者以后的日期。",
        "The date {given} has passed; please give today or a later day.",
    ),
    "projects_instruction_no_addressee": (
        "请选择本委的一个处室或者一名在职人员承办。",
        "Please choose one office or one active person of the commission.",
    ),
    "projects_instruction_to_oneself": (
        "批示不能交给本人（或者所代领导）承办，请选择其他人员或者处室。",
        "An instruction is not given to oneself or to whom one stands in for; choose another person or an office.",
    ),
}
