"""Sentences of the draws room."""

SENTENCES: dict[str, tuple[str, str]] = {
    "draws_not_visible": ("没有这次抽取。", "There is no such draw."),
    "draws_operator_only": (
        "只有抽取人可以封存、公布、申请揭示和提出递补。",
        "Only the draw operator freezes, announces, asks for names and for replacements.",
    ),
    "draws_supervisor_only": (
        "只有监督人可以录入现场随机数字、确认揭示和递补。",
        "Only the draw supervisor enters the on-site numbers and confirms names and replacements.",
    ),
    "draws_discipline_only": (
        "退出人数累计超过席位的三分之一，须由纪检部门会签。",
        "More than a third of the seats have been given up: the discipline office countersigns.",
    ),
    "draws_closers_only": (
        "只有抽取人、监督人和会务人员可以关闭或公开抽取。",
        "Only operator, supervisor and panel secretary close or disclose a draw.",
    ),
    "draws_names_hidden": (
        "专家姓名只向抽取人、监督人和会务人员显示；含姓名的证据文件只交给抽取人、监督人和审计人员。",
        "Names are shown to operator, supervisor and panel secretary only; evidence with names goes to operator,"
        " supervisor and auditor.",
    ),
    "draws_two_people": (
        "抽取人与监督人须为两人：{who}已在本次抽取中承担另一方的工作。",
        "Operator and supervisor are two people: {who} has already acted on the other side of this draw.",
    ),
    "draws_countersignature_missing": (
        "退出人数累计超过席位的三分之一，须先由纪检部门另一人会签。",
        "More than a third of the seats have been given up: somebody else of the discipline office countersigns first.",
    ),
    "draws_not_allowed_in_state": (
        "抽取处于“{state}”状态，不能办理这一步；抽取不能重来。",
        "The draw is “{state}”; this step is not possible now, and nothing is ever drawn again.",
    ),
    "draws_hash_unknown": (
        "本机没有摘要算法“{given}”，请在封存前改用sha256。",
        "This machine lacks the hash “{given}”; choose sha256 before the freeze.",
    ),
    "draws_pool_id_twice": (
        "名册中有重复的人员：{given}。请核对专家库。",
        "The pool holds somebody twice: {given}. Please check it.",
    ),
    "draws_row_incomplete": (
        "名册中有空白的编号、姓名、单位、专业、代码或依据，请补全。",
        "An id, name, employer, class, code or reference is blank; please complete it.",
    ),
    "draws_text_not_storable": (
        "名册中有无法保存的字符，请改正后重新封存。",
        "The rows hold characters that cannot be stored; please correct them.",
    ),
    "draws_seats_twice": ("席位类别重复：{given}。", "A class of seats stands twice: {given}."),
    "draws_seats_none": ("席位数须为正数，且至少一席。", "Seats are counted from 0, and at least one is needed."),
    "draws_cap": ("同一单位的人数上限须不小于1，现为{given}。", "The cap per employer is at least 1, not {given}."),
    "draws_seats_short": (
        "席位“{seats}”共需{need}人，名册中回避后可抽{have}人，无法抽满。请增补专家库或调整席位后再封存。",
        "The seats “{seats}” need {need} people; after exclusions there are {have}. Add experts or change the seats"
        " before the freeze.",
    ),
    "draws_seats_short_under_cap": (
        "席位“{seats}”共需{need}人，同一单位至多{cap}人时可抽{have}人，无法抽满。请增补其他单位的专家或调整席位后再封存。",
        "The seats “{seats}” need {need} people; with at most {cap} of one employer there are {have}. Add experts of"
        " other employers or change the seats before the freeze.",
    ),
    "draws_excluded_twice": ("回避名单中有重复的人员：{given}。", "Somebody is excluded twice: {given}."),
    "draws_excluded_unknown": (
        "回避名单中有名册以外的人员：{ids}。",
        "The exclusions name people who are not in the pool: {ids}.",
    ),
    "draws_frame_empty": ("抽样范围内没有项目。", "There is no project in the sampling frame."),
    "draws_project_twice": ("抽样范围内有重复的项目：{given}。", "The sampling frame holds a project twice: {given}."),
    "draws_rule": (
        "抽样比例{num}/{den}、方法“{method}”不可用：比例须大于0、不超过1。",
        "The share {num}/{den} by “{method}” cannot be used: it lies above 0 and at most at 1.",
    ),
    "draws_sources": (
        "现场随机数字的来源不可用：至少一个，名称不重复，数量不小于1，范围从小到大。",
        "The sources of on-site numbers cannot be used: at least one, distinct names, a count from 1, bounds in order.",
    ),
    "draws_already_drawn": (
        "同一事项第{round}轮已经封存或抽取。抽取只进行一次；有人退出时按同一顺序递补。",
        "Round {round} of this subject is already frozen or drawn. There is one draw; whoever leaves is replaced from"
        " the same order.",
    ),
    "draws_round_not_next": (
        "轮次应为第{following}轮，不能是第{given}轮。",
        "The next round is {following}, not {given}.",
    ),
    "draws_round_not_failed": (
        "第{round}轮尚未以“未成”或“人数不足”结束，不能进行新一轮。",
        "Round {round} has not ended as failed or infeasible; no other round is possible.",
    ),
    "draws_round_reason_needed": (
        "新一轮抽取须有领导决定的理由，并附决定的扫描件。",
        "Another round needs a leader's recorded reason and the scan of the decision.",
    ),
    "draws_first_round_has_no_reason": (
        "第一轮抽取没有前轮，无须填写重新抽取的理由。",
        "The first round follows no other and takes no reason.",
    ),
    "draws_round_leader": (
        "{who}不是本委领导，不能决定重新抽取。",
        "{who} is no leader of this commission and cannot decide on another round.",
    ),
    "draws_document_hash": (
        "“{given}”不是文件的SHA-256摘要（64位小写十六进制）；请上传证明文件。",
        "“{given}” is no SHA-256 of a document (64 lower-case hex digits); please upload the document.",
    ),
    "draws_ceremony_open": (
        "本委的{number}已公布封存摘要，尚未抽出结果。请先完成该次抽取，再公布本次。",
        "Draw {number} of this commission was announced and has no result yet. Complete it before announcing this one.",
    ),
    "draws_tail_wrong_shape": (
        "“{given}”不是 8 位十六进制字符；请照封存单上摘要的最后两组键入。",
        "“{given}” is not eight hexadecimal characters; type the last two groups of the sealed sheet.",
    ),
    "draws_not_a_digit": (
        "“{given}”不是 0—9 的一个数字。",
        "“{given}” is not a digit from 0 to 9.",
    ),
    "draws_tail_differs": (
        "“{given}”不是封存摘要的末8位，请对照签字的封存单重新键入；不一致时不要继续。",
        "“{given}” is not the end of the fingerprint. Compare with the signed sheet; if it differs, do not go on.",
    ),
    "draws_numbers_count": (
        "应录入{wanted}个数字，现为{given}个。",
        "{wanted} numbers are to be entered, not {given}.",
    ),
    "draws_number_bounds": (
        "“{given}”不在{least}至{most}之间，请按摸出的号码录入。",
        "“{given}” is not between {least} and {most}; enter what was drawn.",
    ),
    "draws_numbers_differ": (
        "现场随机数字只录入一次。已录入：{entered}；本次给出：{given}。已录入的不能改变。",
        "On-site numbers are entered once. Entered: {entered}; given now: {given}. What was entered stays.",
    ),
    "draws_evidence_altered": (
        "{number}保存的证据与公布的摘要不一致，已停止办理。请保留数据库现状并通知审计管理员。",
        "What is stored for {number} is not what was announced; nothing more is done. Keep the database as it is and"
        " tell the audit administrator.",
    ),
    "draws_seal_broken": (
        "封存的内容无法打开：密钥不同，或内容被改动、移动过。请核对DRAW_KEY并通知审计管理员。",
        "What was sealed cannot be opened: another key, or it was altered or moved. Check DRAW_KEY and tell the audit"
        " administrator.",
    ),
    "draws_reveal_not_member": ("{no}号不在专家组内。", "Number {no} is not on the panel."),
    "draws_reveal_done": ("{no}号已经申请揭示。", "Number {no} has already been asked for."),
    "draws_reveal_waits": (
        "上一位的姓名尚待监督人确认；姓名逐个揭示。",
        "The name before still waits for the supervisor; names are revealed one at a time.",
    ),
    "draws_reveal_not_in_turn": (
        "还没有轮到{no}号，应先揭示{following}号。",
        "It is not the turn of number {no}; number {following} comes first.",
    ),
    "draws_reveal_not_asked": (
        "{no}号的姓名尚未由抽取人申请并经监督人确认揭示。",
        "The name of number {no} has not been asked for by the operator and confirmed by the supervisor.",
    ),
    "draws_wave_waits": (
        "有一次递补待监督人确认，请先确认或取消。",
        "A replacement waits for the supervisor; confirm or cancel it first.",
    ),
    "draws_wave_empty": ("没有选择退出的专家。", "Nobody was named who leaves."),
    "draws_leaver_twice": ("同一编号填写了两次。", "A number stands twice."),
    "draws_leaver_not_member": ("{no}号不在专家组内，不能退出。", "Number {no} is not on the panel and cannot leave."),
    "draws_leaver_not_revealed": (
        "{no}号的姓名尚未揭示，没有通知过本人，不能退出。",
        "The name of number {no} was not revealed, so nobody has called; they cannot leave.",
    ),
    "draws_wave_decided": ("这次递补已经确认或取消。", "This replacement was already confirmed or cancelled."),
    "draws_wave_needs_none": (
        "退出人数未超过席位的三分之一，无须会签。",
        "No more than a third of the seats were given up; no countersignature is needed.",
    ),
    "draws_close_outcome": (
        "“人数不足”由系统在无法补足时认定，不能人工选择。",
        "Only the system ends a round as infeasible, when the seats cannot be filled.",
    ),
    "draws_not_all_revealed": (
        "还有入选人的姓名没有揭示，不能按已完成关闭。",
        "Not every member's name was revealed; the draw cannot be closed as completed.",
    ),
    "draws_evidence_sealed": (
        "抽取尚未关闭。关闭前不提供证据文件，以免推知候补人选。",
        "The draw is not closed. Its evidence would tell who comes next, so it is handed out afterwards.",
    ),
    "draws_no_sample": ("这次抽取没有抽样结果。", "This draw has no sample."),
}
