"""Sentences of the rulebook room."""

SENTENCES: dict[str, tuple[str, str]] = {
    "rulebook_not_yaml": (
        "规则文件无法读取：{problem}。规则文件须为 UTF-8 编码的 YAML，请改正后重新载入。",
        "The rule file cannot be read: {problem}. It must be YAML in UTF-8; correct it and load it again.",
    ),
    "rulebook_not_utf8": (
        "规则文件第 {line} 行起不是 UTF-8 编码，无法读取。请用编辑器打开原文件，另存为 UTF-8 编码后重新上传。",
        "From line {line} on the rule file is not UTF-8 and cannot be read. Save it as UTF-8 and send it again.",
    ),
    "rulebook_file_large": (
        "规则文件约 {given} KB，超过 {most} KB 的上限。请核对是否选错文件，删去多余内容后重新上传。",
        "The rule file has about {given} KB; at most {most} KB are read. Check that it is the right file.",
    ),
    "rulebook_tag": (
        "规则文件第 {line} 行使用了类型标记“{given}”，规则文件只写普通的文字、数字和列表，请删去。",
        "Line {line} of the rule file uses the tag “{given}”; a rule file has plain values only. Take it out.",
    ),
    "rulebook_too_deep": (
        "规则文件第 {line} 行嵌套过深，规则文件没有这么多层，请核对括号和缩进。",
        "Line {line} of the rule file is nested too deeply; check brackets and indentation.",
    ),
    "rulebook_not_value": (
        "规则文件第 {line} 行：“{given}”不是有效的数或者日期，请核对；日期写成 2024-01-01，文字请加引号。",
        "Line {line} of the rule file: “{given}” is no number or date; write 2024-01-01, and quote what is text.",
    ),
    "rulebook_text_unseen": (
        "{where}：文字中有看不见的字符（已标出）：{given}。请删去后重新提交。",
        "{where}: the text has characters that nobody sees (marked): {given}. Take them out and send it again.",
    ),
    "rulebook_nothing_sent": (
        "没有收到规则文件。请选择文件，或者在文本框中填写规则。",
        "No rule file arrived. Choose a file, or write the rules into the box.",
    ),
    "rulebook_draft_changed": (
        "规则集草案 {rule_set} 在您打开页面之后已由{name}修改。请重新打开草案核对，再继续办理。",
        "The draft {rule_set} was changed by {name} since you opened the page. Open it again and check.",
    ),
    "rulebook_draft_overtaken": (
        "规则集草案 {rule_set} 现在的内容由{name}保存，不是您所依据的一版。您的文本仍在下面，什么都没有保存；"
        "请打开现在的草案核对，确需取代的，再次保存。",
        "The draft {rule_set} now holds what {name} saved, not the version you began from. Your text is below and"
        " nothing was stored; open the present draft and check, and save again to replace it.",
    ),
    "rulebook_draft_gone": (
        "没有这份规则集草案，可能已经发布或者撤回。请在“规则草案”中核对。",
        "There is no such draft; it may have been published or withdrawn. Check under “Rule drafts”.",
    ),
    "rulebook_key_twice": (
        "规则文件第 {line} 行起的一组中，“{key}”写了两次；每项只能写一次。",
        "In the group that begins on line {line}, “{key}” is written twice; each entry may appear once.",
    ),
    "rulebook_alias": (
        "规则文件第 {line} 行使用了引用（*），规则须逐条写明，请展开书写。",
        "Line {line} of the rule file uses an alias (*); rules are written out in full.",
    ),
    "rulebook_not_mapping": (
        "{where}：给出的是“{given}”，此处应为若干“名称: 值”。",
        "{where}: “{given}” was given; entries “name: value” are expected here.",
    ),
    "rulebook_not_list": (
        "{where}：给出的是“{given}”，此处应为列表，且不得缺少必要的成员。",
        "{where}: “{given}” was given; a list with the members it needs is expected here.",
    ),
    "rulebook_entry_missing": ("{where}：缺少这一项，请补上。", "{where}: this entry is missing; add it."),
    "rulebook_entry_unknown": (
        "{where}：没有这一项，请核对名称。",
        "{where}: there is no such entry; check its name.",
    ),
    "rulebook_not_text": (
        "{where}：给出的是“{given}”，此处应为不空的文字。",
        "{where}: “{given}” was given; a text that is not blank is expected here.",
    ),
    "rulebook_not_whole": (
        "{where}：给出的是“{given}”，此处应为不小于 1 的整数。",
        "{where}: “{given}” was given; a whole number of at least 1 is expected here.",
    ),
    "rulebook_not_yuan": (
        '{where}：给出的是“{given}”，金额应写成带引号、两位小数的元，例如 "10000000.00"。',
        '{where}: “{given}” was given; an amount is quoted yuan with two decimals, for example "10000000.00".',
    ),
    "rulebook_not_flag": (
        "{where}：给出的是“{given}”，此处应为 true 或 false。",
        "{where}: “{given}” was given; true or false is expected here.",
    ),
    "rulebook_not_day": (
        "{where}：给出的是“{given}”，此处应为日期，例如 2024-01-01。",
        "{where}: “{given}” was given; a date such as 2024-01-01 is expected here.",
    ),
    "rulebook_not_code": (
        "{where}：给出的是“{given}”，代码只能用字母、数字和连字符，例如 2024-1。",
        "{where}: “{given}” was given; a code has letters, digits and hyphens only, for example 2024-1.",
    ),
    "rulebook_not_paragraph_key": (
        "{where}：给出的是“{given}”，段落编号形如 §3.6 或 §3.6.1。",
        "{where}: “{given}” was given; a paragraph has a number such as §3.6 or §3.6.1.",
    ),
    "rulebook_not_one_of": (
        "{where}：给出的是“{given}”，此处只能是：{choices}。",
        "{where}: “{given}” was given; it must be one of: {choices}.",
    ),
    "rulebook_citation_unknown": (
        "{where}：依据“{given}”在本规则集的条文中不存在。请引用已有的段落，或者先补充条文。",
        "{where}: the paragraph “{given}” is not in this rule set. Cite one that is, or add its text first.",
    ),
    "rulebook_written_twice": (
        "{where}：与前面一项的编号相同，编号不得重复：{given}",
        "{where}: an earlier member has the same key; keys must differ: {given}",
    ),
    "rulebook_bound_unmeasured": (
        "{where}：分档界线须写明金额（yuan）或者合并净资产的比例（net_assets_bps），二者写且只写一项。",
        "{where}: a bound has either an amount (yuan) or a share of net assets (net_assets_bps), exactly one.",
    ),
    "rulebook_bound_nowhere": (
        "{where}：界线上的金额既不含在“以上”也不含在“以下”，恰在界线上的项目将无从适用，请至少选择一侧为含。",
        "{where}: the bound belongs to neither side, so that an amount exactly on it has no rule; include one side.",
    ),
    "rulebook_condition_not_single": (
        "{where}：每个条件写且只写一项；几个条件并列请用 all 或 any。给出的是：{given}",
        "{where}: a condition has exactly one entry; combine several with all or any. Given: {given}",
    ),
    "rulebook_condition_unknown": (
        "{where}：没有这种条件，请核对名称。",
        "{where}: there is no such condition; check its name.",
    ),
    "rulebook_condition_mismatch": (
        "{where}：有条件提交（C）的材料须写明条件（when），没有 C 的不得写条件。",
        "{where}: a material of level C needs its condition (when), and one without C has none.",
    ),
    "rulebook_offices_mismatch": (
        "{where}：会签步骤须写明会签处室（offices），其他步骤不得写。",
        "{where}: a countersigning step names its offices, and no other step does.",
    ),
    "rulebook_points_not_full": (
        "{where}：各评分项的满分相加须为100分。",
        "{where}: the points of all criteria must add up to 100.",
    ),
    "rulebook_seats_exceed_panel": (
        "{where}：各类席位之和不得超过最小的专家组人数。",
        "{where}: the seats of all classes must not exceed the smallest panel.",
    ),
    "rulebook_panel_even": (
        "{where}：专家组人数须为单数，现为“{given}”。",
        "{where}: a panel has an odd number of members; “{given}” was given.",
    ),
    "rulebook_share_above_one": (
        "{where}：比例的分子不得大于分母。",
        "{where}: the numerator of a share must not exceed its denominator.",
    ),
    "rulebook_seat_unclear": (
        "{where}：席位须写明专业（specialties），或者取项目所属行业（of_project: true），二者只居其一。",
        "{where}: a seat names its specialties or is of the project's industries, one of the two.",
    ),
    "rulebook_late_before_due": (
        "{where}：逾期的月数须大于到期的月数（evaluation_after_months），现为“{given}”。",
        "{where}: a project is overdue later than it is due (evaluation_after_months); “{given}” was given.",
    ),
    "rulebook_sample_rate_low": (
        "{where}：抽查比例以基点计，不得低于3000（30%），不得高于10000，现为“{given}”。",
        "{where}: the share to be sampled is in basis points, from 3000 (30 %) to 10000; “{given}” was given.",
    ),
    "rulebook_steps_uneven": (
        "{where}：各档起点须由低到高、不得重复，第一档从最低处开始。",
        "{where}: the bounds must rise, none twice, and the first begin at the bottom.",
    ),
    "rulebook_steps_incomplete": (
        "{where}：下列各项须写且只写一次：{choices}。",
        "{where}: each of these is written exactly once: {choices}.",
    ),
    "rulebook_not_day_of_year": (
        "{where}：没有这一天，请核对月和日：{given}",
        "{where}: there is no such day in a year; check month and day: {given}",
    ),
    "rulebook_chain_unsigned": (
        "{where}：签批链须以签发结束，签发只能有一次，并由分管领导或者主任办理。",
        "{where}: a signing chain ends with its only signature, by the deputy director or the director.",
    ),
    "rulebook_chain_twice": (
        "{where}：路径 {route} 从同一金额起有两条签批链，请只保留一条。",
        "{where}: the route {route} has two signing chains from the same amount; keep one.",
    ),
    "rulebook_chain_missing": (
        "{where}：路径 {route} 没有从 0 元起的签批链，项目将无人签批，请补上。",
        "{where}: the route {route} has no signing chain from 0 yuan on, so nobody could sign; add one.",
    ),
    "rulebook_otherwise_wrong": (
        "{where}：须有且只有一条兜底规则（when: otherwise），只写明路径，不带义务和材料；"
        "所有项目的共同义务请另写一条 when: always。",
        "{where}: exactly one row has “when: otherwise”; it names a route and neither duties nor materials. "
        "What every project owes goes into a row with “when: always”.",
    ),
    "rulebook_route_uneven": (
        "{where}：同一路径的各条规则，严格程度（strictness）和期限（clock_days）须一致。",
        "{where}: rows of one route must agree in strictness and clock_days.",
    ),
    "rulebook_keeper_only": (
        "规则集由规则管理员起草，您没有该身份。",
        "Rule sets are drafted by the rule keeper; you do not hold that role.",
    ),
    "rulebook_head_only": (
        "规则集由处长发布，您没有该身份。",
        "Rule sets are published by the office head; you do not hold that role.",
    ),
    "rulebook_same_person": (
        "本规则集由您起草，起草和发布须由两人分别办理，请由其他处长发布。",
        "You drafted this rule set; drafting and publishing are done by two people. Another office head must publish.",
    ),
    "rulebook_code_taken": (
        "规则集 {rule_set} 已经发布，发布后的规则集不能修改；请使用新的代码另行起草。",
        "The rule set {rule_set} is published and never changes; draft a new one under another code.",
    ),
    "rulebook_not_draft": (
        "没有代码为 {rule_set} 的规则集草案，可能已经发布；请刷新页面核对。",
        "There is no draft of a rule set {rule_set}; it may have been published. Reload and check.",
    ),
    "rulebook_not_retroactive": (
        "规则集 {rule_set} 的施行日期 {first} 早于今日，规则不溯及既往；请修改施行日期后重新起草。",
        "The rule set {rule_set} would begin on {first}, before today; rules are not retroactive. Change the date.",
    ),
    "rulebook_not_after_predecessor": (
        "规则集 {rule_set} 的施行日期 {first} 须晚于现有规则集 {predecessor} 的施行日期 {since}。",
        "The rule set {rule_set} begins on {first}; that must be after {since}, when {predecessor} begins.",
    ),
    "rulebook_founding_over": (
        "国资委已有发布的规则集，{rule_set} 不能再按初始化发布；请由处长发布。",
        "The commission already has published rules; {rule_set} must be published by the office head.",
    ),
    "rulebook_none_in_force": (
        "{on} 没有施行中的规则集，无法判定办理路径；请先发布规则集。",
        "No rule set is in force on {on}, so nothing can be routed; publish one first.",
    ),
    "rulebook_not_visible": ("没有这个规则集或者段落。", "There is no such rule set or paragraph."),
    "rulebook_content_altered": (
        "规则集的内容与校验值 {digest}… 不符，可能在系统之外被改动；请停止使用并联系审计管理员。",
        "The content of the rule set does not match its SHA-256 {digest}…; it may have been altered outside the system."
        " Stop using it and call the audit administrator.",
    ),
}
