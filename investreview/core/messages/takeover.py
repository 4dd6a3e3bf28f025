"""Sentences for cases that were under way on paper and go on here."""

SENTENCES: dict[str, tuple[str, str]] = {
    "takeover_not_visible": (
        "没有这份接续单，或者您无权查看。",
        "There is no such take-over, or you may not read it.",
    ),
    "takeover_done": (
        "这份接续单已经处理；请查看结果。",
        "This take-over has been dealt with; see the result.",
    ),
    "takeover_own_entry": (
        "这份接续单由您录入，须由另一人核对。",
        "You entered this take-over; another person must compare it.",
    ),
    "takeover_scan_needed": (
        "请附纸面材料的扫描件（来文、呈批表等），供另一人核对。",
        "Add a scan of the papers, for another person to compare.",
    ),
    "takeover_number_twice": (
        "收文（办件）号“{given}”与第 {row} 行重复。",
        "The register number “{given}” stands in row {row} too.",
    ),
    "takeover_number_taken": (
        "{year}年的收文（办件）号“{given}”已有接续单；核对不符的才可以重新录入。",
        "There is a take-over with the register number “{given}” of {year}; only one that was found different is "
        "entered again.",
    ),
    # What a form said, kept in both languages: each sentence tells its own and nothing of the other.
    "takeover_cell": ("不能接续：{zh}{en:.0}", "Cannot be taken over: {en}{zh:.0}"),
    "takeover_step_unknown": (
        "没有名为“{given}”的环节；可以填写：{options}。",
        "No step is called “{given}”; there are: {options}.",
    ),
    "takeover_person_unknown": (
        "没有名为“{given}”的{role}；请填写系统中的姓名。",
        "Nobody called “{given}” is {role}; write the name as it stands in the system.",
    ),
    "takeover_person_ambiguous": (
        "有不止一位“{given}”；请用接续单逐件录入。",
        "More than one person is called “{given}”; enter this take-over on the page.",
    ),
    "takeover_line": (
        "第 {line} 行“{given}”不能读取；每行写作“{example}”。",
        "Line {line}, “{given}”, cannot be read; write each line as “{example}”.",
    ),
    "takeover_lines": (
        "最多 {most} 行，填写了 {given} 行。",
        "At most {most} lines are taken, {given} were given.",
    ),
    "takeover_in_future": (
        "{given}在今天之后；已用工作日只能说明到今天为止。",
        "{given} lies after today; elapsed days can be stated up to today.",
    ),
    "takeover_dates": (
        "日期前后不一致：{later_on}不能早于{earlier_on}。请依次核对报送、齐备、拟办、各环节和截至日期。",
        "The dates do not follow each other: {later_on} cannot lie before {earlier_on}. Check release, completeness, "
        "proposal, the steps and the day of the statement, in this order.",
    ),
    "takeover_elapsed": (
        "已用 {given} 个工作日多于齐备之日以后实际经过的 {most} 个工作日。",
        "{given} elapsed working days are more than the {most} that went by after completeness.",
    ),
    "takeover_route_differs": (
        "按规则集 {rules}，本项目应走“{found}”，与填写的“{stated}”不一致。请核对金额、类别、主业属性和年度计划。",
        "By rule set {rules} this project takes the route “{found}”, not “{stated}”. Check amounts, kind, nature and "
        "annual plan.",
    ),
    "takeover_not_ours": (
        "企业自主决策的项目没有办理流程，不需要接续。",
        "A project that the enterprise decides has no process to go on with.",
    ),
    "takeover_proposal_needed": (
        "从签批环节接续的，请填写经办人在纸面上的拟办意见和日期。",
        "A case that goes on in its signing chain needs the officer's proposal and its date as they stand on paper.",
    ),
    "takeover_proposal_not_yet": (
        "从经办意见环节接续的，不填拟办意见和已签批的环节；由经办人在系统中提出。",
        "A case that goes on with the officer's opinion has no proposal and no steps yet; the officer gives it here.",
    ),
    "takeover_panel_needed": (
        "本项目须经专家二次论证。纸面论证已有结论的，请填写结论和会议情况；还没有结论的，请从“待抽取专家”接续，由系统抽取。",
        "This project needs an expert panel. Where one has concluded on paper, state its conclusion and its meeting; "
        "where none has, let the case go on at “to be drawn”: the panel is drawn here.",
    ),
    "takeover_panel_over": (
        "纸面论证已有结论的，不再抽取专家；请从经办意见或者其后的环节接续。",
        "The panel has concluded on paper, so none is drawn; let the case go on with the officer's opinion or later.",
    ),
    "takeover_no_panel": (
        "按规则集本项目不须二次论证；请不要填写论证结论，也不要从“待抽取专家”接续。",
        "By the rule set this project needs no expert panel: state no conclusion, and do not let it go on at “to be "
        "drawn”.",
    ),
    "takeover_panel_members": (
        "填写了 {given} 位专家的姓名，与专家人数 {stated} 不一致；每行一人，不得重复。",
        "{given} names are given, {stated} members are stated; one name a line, none twice.",
    ),
    "takeover_step_not_in_chain": (
        "本项目的签批链没有这个环节；依次为：{steps}。",
        "The signing chain of this project has no such step; its steps are: {steps}.",
    ),
    "takeover_steps_differ": (
        "接续环节以前应当已经办理、并且依次填写的是：{wanted}。",
        "What must have been done before this step, in this order, is: {wanted}.",
    ),
    "takeover_person_of_another": (
        "{who}不是本国资委的工作人员。",
        "{who} does not belong to the staff of this commission.",
    ),
    "takeover_same_person": (
        "{who}已经在本件中担任经办人或者处长，不能再以“{role}”签批。",
        "{who} is officer or head on this case already and cannot also decide as “{role}”.",
    ),
    "takeover_conditions_needed": (
        "结论为有条件通过的，须逐项填写论证提出的条件，每行一项。",
        "A conditional pass needs the conditions that the panel set, one a line.",
    ),
    "takeover_conditions_unneeded": (
        "只有结论为有条件通过的才有条件；请改正结论，或者清空条件。",
        "Only a conditional pass has conditions; correct the conclusion or leave the conditions empty.",
    ),
    "takeover_condition_twice": (
        "第 {line} 项条件与第 {first} 项相同，请只写一次。",
        "Condition {line} is the same as condition {first}; write it once.",
    ),
    "takeover_conditions_due": (
        "条件落实期限（{given}）不能早于论证会日期（{held_on}）。",
        "The conditions cannot be due on {given}, before the meeting on {held_on}.",
    ),
    "takeover_conditions_due_unneeded": (
        "没有论证条件的，不填条件落实期限。",
        "Without conditions there is no day on which they are due.",
    ),
    "takeover_number_needed": (
        "待送达的复函须填写纸面上的发文字号，并填写签发一步。",
        "A reply that waits for its delivery needs its document number and the signature.",
    ),
    "takeover_filing_number": (
        "予以备案的须填写原备案登记号；不予备案的不填。",
        "A filing needs its original filing number; a refusal has none.",
    ),
    "takeover_not_readable": (
        "接续单中的内容现在不能读取（{fields}），例如所选的人员已经没有该身份；请记为不一致并重新录入。",
        "The take-over cannot be read any more ({fields}): a person may no longer hold the role. Mark it as differing "
        "and enter it again.",
    ),
    "takeover_opened_elsewhere": (
        "流程没有在“{step}”环节接上；什么都没有写入，请告知系统管理员。",
        "The process did not go on at “{step}”; nothing was written, please tell the system administrator.",
    ),
}
