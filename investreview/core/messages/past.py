"""Sentences for the past: what was decided on paper, entered one by one or from the office's ledger."""

SENTENCES: dict[str, tuple[str, str]] = {
    "past_not_visible": (
        "没有这项补录，或者您无权查看。",
        "There is no such entry of the past, or you may not read it.",
    ),
    "past_not_of_a_commission": (
        "您的账号不属于国资委，不能补录。",
        "Your account belongs to no commission; the past is entered by a commission's people.",
    ),
    "past_not_in_this_state": (
        "本批现在是“{state}”，不能做这个操作；请刷新页面查看。",
        "The batch is now “{state}”, so this is not possible; reload the page.",
    ),
    "past_own_entry": (
        "本批由您录入，须由另一人核对。",
        "You entered this batch; another person must check it.",
    ),
    "past_not_your_entry": (
        "只有录入人可以修改自己录入的项目；台账请改正后重新导入。",
        "Only the person who entered a project may correct it; a ledger is corrected and imported again.",
    ),
    "past_not_broken_off": (
        "本批没有中断，不需要重试。",
        "The work on this batch has not been broken off.",
    ),
    "past_rows_one_by_one": (
        "在途项目逐件核对，不整批核对；请打开其中的接续单。",
        "Cases under way are compared one by one, not as a batch; open its take-overs.",
    ),
    "past_rows_compared": (
        "本批已有接续单经过核对，不能整批作废；其余有误的，请逐件记为不一致。",
        "Some of the batch have been compared, so it cannot be discarded as a whole; mark the others as differing one "
        "by one.",
    ),
    "past_sample_not_compared": (
        "抽查的 {count} 行须由您逐行核对一致后才能生效；有不一致的，请退回。若他人也打开过核对页，请重新打开。",
        "All {count} rows of the sample must be found equal by you before the batch counts; return it where one "
        "differs. If somebody else opened the check in between, open it again.",
    ),
    "past_scan_needed": (
        "逐项录入须附纸面文件的扫描件，供另一人核对。",
        "A project that is typed in needs a scan of its papers, for another person to compare.",
    ),
    "past_paper_kind": (
        "“{name}”不是扫描件；可以上传 {kinds}。",
        "“{name}” is no scan; {kinds} are taken.",
    ),
    "past_no_such_number": (
        "没有与文件名“{name}”同号的补录项目或者待核对的接续单；请以原备案号、收文号命名，例如“连国资备〔2022〕7号.pdf”，斜杠写作下划线。",
        "Nothing entered has the number in the file name “{name}”; name the file by the original number, such as "
        "“LYG-2022-7.pdf”, an underscore for a slash.",
    ),
    "past_number_taken": (
        "原备案号“{given}”已经有了：已补录、正在补录，或者是系统内的备案登记号。",
        "The number “{given}” is there already: entered, being entered, or given by this system.",
    ),
    "past_number_taken_meanwhile": (
        "写入时发现从“{numbers}”起的一组原备案号中有已被他人录入的；请重新导入，试导入会指出是哪一个。",
        "While writing, one of the numbers from “{numbers}” on was found to be entered by somebody else; import the "
        "ledger again, the trial will say which.",
    ),
    "past_number_of_two_years": (
        "“{name}”开头的收文（办件）号在两个年度的在途台账中都有；请在文件名前加上年度，例如“2024_收118_M05 可研.pdf”。",
        "The register number at the beginning of “{name}” stands in the ledgers of two years; put the year before it, "
        "e.g. “2024_收118_M05 ….pdf”.",
    ),
    "past_number_twice": (
        "原备案号“{given}”与第 {row} 行重复。",
        "The number “{given}” stands in row {row} too.",
    ),
    "past_in_future": (
        "{given}在今天之后；补录的是已经发生的事。",
        "{given} lies after today; the past is what has happened.",
    ),
    "past_refused_but_built": (
        "不予备案的项目不填竣工、投运日期和实际完成投资。",
        "A refused project has no date of completion and no actual investment.",
    ),
    "past_actual_without_completion": (
        "填写实际完成投资的，须填竣工验收日期或者投运（交割）日期。",
        "An actual investment needs the date of completion or of the start of operation.",
    ),
    "past_body_unknown": (
        "系统中没有名为“{given}”的企业；请填写简称、曾用简称或者注册名称。",
        "No enterprise is called “{given}”; write its short name, a former one or the registered name.",
    ),
    "past_body_ambiguous": (
        "“{given}”可以指 {several}；请填写现用简称。",
        "“{given}” may mean {several}; write the present short name.",
    ),
    "past_not_a_group": (
        "“{given}”不是监管企业，它属于{group}；请在“监管企业”栏填写集团，在“投资主体”栏填写它。",
        "“{given}” is no group, it belongs to {group}; write the group in its column and the subsidiary in the other.",
    ),
    "past_not_of_group": (
        "“{given}”不属于{group}。",
        "“{given}” does not belong to {group}.",
    ),
    "past_has_no_ledger": (
        "这一批是逐项录入的，没有台账文件。",
        "This batch was typed in; there is no ledger.",
    ),
    "past_ledger_empty": (
        "表头以下没有数据行。",
        "There is no row below the header.",
    ),
    "past_ledger_changed": (
        "存放的台账“{name}”与上传时的校验值不符，没有读取；请重新导入，并报告系统管理员。",
        "The stored ledger “{name}” no longer has the hash it was uploaded with and was not read; import it again and "
        "tell the system administrator.",
    ),
}
