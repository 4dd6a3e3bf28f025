"""Sentences of the projects room."""

SENTENCES: dict[str, tuple[str, str]] = {
    "projects_role_missing": (
        "此操作须由“{role}”办理；您没有该身份，也没有在有效期内的代办授权。",
        "This act belongs to the role “{role}”; you neither hold it nor a substitution in force.",
    ),
    "projects_duty_conflict": (
        "{who}已承担同一办件的其他环节，按不相容职责分离要求不得再办理“{duty}”，请转由他人办理。",
        "{who} already acted elsewhere on this case; duties must stay apart, so somebody else must do “{duty}”.",
    ),
    "projects_question_answered": (
        "第 {n} 个问题已由{who}答复，不能再次答复；需要补充的，请经办另行提问。",
        "Question {n} was already answered by {who}; for more, the officer asks another question.",
    ),
    "projects_too_many_files": (
        "一次选择了 {count} 个附件，最多 {most} 个；请合并成一个文件或者打包成 ZIP。",
        "{count} attachments were chosen, at most {most} are taken; please combine them into one file or a ZIP.",
    ),
    "projects_archive_too_large": (
        "全部材料共 {size} MB，超过一次打包的上限 {limit} MB；请在申报材料表中分别下载。",
        "All materials are {size} MB, more than the {limit} MB of one archive; please download them one by one.",
    ),
    "projects_no_materials": ("本办件还没有材料，无需打包。", "There are no materials to pack yet."),
    "projects_no_preview": (
        "这种文件不能在网页中预览，请下载后打开。",
        "A file of this kind cannot be shown on a page; please download it.",
    ),
    "projects_case_not_visible": ("没有这个办件。", "There is no such case."),
    "projects_not_allowed_in_state": (
        "办件已不在可以进行这项操作的环节。请刷新页面查看最新进展。",
        "The case is no longer at a step where this can be done. Reload the page to see where it stands.",
    ),
    "projects_seconded_cannot_sign": (
        "借调人员不得签发，请由在编负责人办理。",
        "Seconded staff never sign; a regular officer must.",
    ),
    "projects_pledges_missing": (
        "请先在“承诺确认”一步逐条确认承诺；申报内容修改后须重新确认。",
        "Please confirm the pledges in the step “Pledges” first; a change of the content asks for them anew.",
    ),
    "projects_pledges_open": (
        "还有 {count} 条承诺没有确认；请逐条阅读并勾选，不能作出的，请先修改申报内容。",
        "Pledges not confirmed yet: {count}; please read and tick each, or change the content first.",
    ),
    "projects_facts_missing": ("请先填写：{fields}。", "Please fill in first: {fields}."),
    "projects_dates_out_of_order": (
        "{later}（{later_on}）早于{earlier}（{earlier_on}），请核对日期。",
        "{later} ({later_on}) lies before {earlier} ({earlier_on}); please check the dates.",
    ),
    "projects_funds_do_not_add_up": (
        "资金来源合计{sources}万元，与项目总投资{total}万元不一致，相差{difference}万元，请核对。",
        "The sources add up to {sources} (10k yuan), the total investment is {total}; the difference is {difference}.",
    ),
    "projects_paid_in_exceeds": (
        "实缴金额{paid}万元大于认缴金额{subscribed}万元，请核对。",
        "Paid-in capital ({paid}) exceeds subscribed capital ({subscribed}) (10k yuan); please check.",
    ),
    "projects_phases_needed": (
        "项目名称含“{word}”，请按规定列出全部分期（至少两期）的投资额。",
        "The name says “{word}”: list every phase (at least two) with its amount.",
    ),
    "projects_other_group": (
        "出资主体须为本集团及所属企业。",
        "A committing entity must belong to the same group.",
    ),
    "projects_open_case_exists": (
        "项目“{name}”已有在办办件{number}，同一项目同时只能有一个在办办件。",
        "The project “{name}” already has an open case {number}; only one can be open at a time.",
    ),
    "projects_procedure_not_open": (
        "本项目按规则应走“{procedure}”，该程序在系统中尚未开通：内容已保存，暂不能报送。请联系国资委线下办理。",
        "By the rules this project takes “{procedure}”, a procedure not yet open in this system: it is saved but cannot"
        " be released. Please contact the commission.",
    ),
    "projects_blocked": (
        "项目涉及负面清单禁止类事项，不得报送；内容已保存。",
        "The project meets a prohibited item of the negative list and cannot be released; it is saved.",
    ),
    "projects_materials_missing": (
        "材料尚未齐备：{missing}。",
        "Materials are missing: {missing}.",
    ),
    "projects_slot_unknown": ("材料目录中没有代码{slot}。", "The catalogue holds no material {slot}."),
    "projects_chapter_not_allowed": (
        "{slot}须单独提交，不能作为可研报告章节。",
        "{slot} must be a document of its own, not a chapter of the study.",
    ),
    "projects_pages_outside": (
        "页码{first}—{last}超出文件页数（共{pages}页）。",
        "Pages {first}–{last} lie outside the file, which has {pages} pages.",
    ),
    "projects_promise_not_allowed": (
        "规则不允许{slot}容缺后补，请直接上传。",
        "The rules do not let {slot} follow later; please upload it.",
    ),
    "projects_form_code_old": (
        "盖章页的版本码{given}与当前内容的版本码{expected}不一致：内容修改后须重新打印盖章。",
        "The stamped page carries version code {given}, the present content has {expected}: print and stamp it again.",
    ),
    "projects_supplement_used": (
        "补正只能要求一次，本办件已于{noticed}一次性告知。",
        "A supplement can be asked once only; this case was told everything on {noticed}.",
    ),
    "projects_supplement_empty": (
        "请写明需要补正的全部事项（一次性告知）。",
        "State everything that has to be supplemented (all at once).",
    ),
    "projects_supplement_too_late": (
        "提出拟办意见之后不能再要求补正。",
        "A supplement cannot be asked once the officer's opinion is in.",
    ),
    "projects_reason_needed": ("请填写理由。", "Please give the reason."),
    "projects_risks_needed": (
        "选择“备案并提示风险”时，请至少写明一项风险。",
        "When filing with risks, state at least one risk.",
    ),
    "projects_letter_needed": (
        "请先保存复函代拟稿。",
        "Save the draft of the reply first.",
    ),
    "projects_defer_date": (
        "暂缓期限须晚于今天且不超过{months}个月（最迟{latest}）。",
        "A deferral ends after today and within {months} months (at the latest on {latest}).",
    ),
    "projects_prefiling_first": (
        "签发前须先完成：{duty}。",
        "Before signature this duty must be met: {duty}.",
    ),
    "projects_not_signed": ("复函尚未签发编号。", "The reply is not signed and numbered yet."),
    "projects_delivery_before_signature": (
        "送达日期不能早于签发日期。",
        "Delivery cannot be before the signature.",
    ),
    "projects_delivery_before_seal": (
        "送达日期不能早于用印日期（{sealed_on}）。",
        "Delivery cannot be before the seal ({sealed_on}).",
    ),
    "projects_paper_before_arrival": (
        "纸面日期{dated}早于到达本环节的日期{arrived}，不能回录。",
        "The date on the paper ({dated}) is before the case reached this step ({arrived}).",
    ),
    "projects_paper_in_future": ("纸面日期不能晚于今天。", "The date on the paper lies in the future."),
    "projects_paper_code_old": (
        "呈批表版本码{given}与系统中的{expected}不一致，本表无效，请重新打印。",
        "The sheet carries version code {given}, the system holds {expected}: the sheet is void, print it again.",
    ),
    "projects_paper_same_person": (
        "核对人须是回录人以外的另一人。",
        "The comparing person must be somebody other than the one who entered it.",
    ),
    "projects_paper_not_pending": (
        "没有待核对的线下签批。",
        "No paper decision is waiting to be compared.",
    ),
    "projects_paper_exists": (
        "本环节已有一份线下签批回录，等待核对。",
        "A paper decision for this step was already entered and waits to be compared.",
    ),
    "projects_recall_impossible": (
        "不能收回：{why}",
        "This cannot be recalled: {why}",
    ),
    "projects_number_wrong": (
        "请按收文格式填写编号。",
        "Please enter the number in its proper form.",
    ),
    "projects_enterprise_unknown": ("请选择您有权申报的企业。", "Choose an enterprise you may report for."),
    "projects_acknowledge_first_delivered": (
        "文书尚未送达，不能签收。",
        "The document is not delivered yet and cannot be acknowledged.",
    ),
    "projects_no_such_office": (
        "规则要求会签（{kinds}），但市国资委尚未登记这类处室，请先由系统管理员登记。",
        "The rules ask offices of kind {kinds} to countersign, but the commission has none registered.",
    ),
    "projects_decided_in_future": (
        "集团决策日期（{decided_on}）晚于今天；请在集团作出决策后报送。",
        "The group's decision is dated {decided_on}, which lies in the future; report after the decision.",
    ),
    "projects_kind_not_of_slot": (
        "文件类型为{kind}，本项材料只接受{kinds}；请转换格式后重新上传。",
        "The file is of kind {kind}; this slot accepts {kinds}. Convert it and upload again.",
    ),
    "projects_date_in_future": (
        "日期{given}晚于今天，请核对。",
        "The date {given} lies in the future; please check.",
    ),
    "projects_withdraw_instead": (
        "这份草稿已经送审过，不能直接作废；请由集团报送人撤件。",
        "This draft was already handed over and cannot be discarded; the group's releaser can withdraw it.",
    ),
    "projects_panel_first": (
        "本件须先经专家论证并形成论证意见，方可提出拟办意见。",
        "An expert panel must conclude on this case before an opinion can be proposed.",
    ),
    "projects_panel_opinion_missing": (
        "论证意见还没有编号，不能起草二次论证复函；请稍后再试或者联系系统管理员。",
        "The panel's opinion has no number yet, so the reply cannot be drafted; try later or ask the administrator.",
    ),
    "projects_panel_not_due": (
        "本件当前不需要组织专家论证。",
        "No expert panel is due on this case now.",
    ),
    "projects_revision_not_possible": (
        "只有论证结论为“不通过”、尚未提出拟办意见的办件，可以请企业修改一次。",
        "A revision can be asked once, after a failed review and before an opinion is proposed.",
    ),
    "projects_deviation_needed": (
        "拟办意见与论证结论“{conclusion}”不一致，须写明集体研究日期、纪要文号和理由。",
        "The proposal goes against the panel's conclusion “{conclusion}”; give date, minutes and reason of the "
        "collective decision.",
    ),
    "projects_deviation_incomplete": (
        "理由、纪要文号和研究日期须同时填写，或者都不填写。",
        "Give reason, minutes and date together, or none of them.",
    ),
    "projects_deviation_unneeded": (
        "拟办意见与论证结论一致，不需要填写集体研究理由。",
        "The proposal agrees with the panel's conclusion; no deviation has to be explained.",
    ),
}
