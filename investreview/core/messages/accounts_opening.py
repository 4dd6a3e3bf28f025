"""Sentences of opening the office: slips, passwords by mail, people from a table."""

SENTENCES: dict[str, tuple[str, str]] = {
    "accounts_slips_none": ("请至少选择一名人员。", "Choose at least one person."),
    "accounts_slips_too_many": (
        "一次最多出具{limit}张凭条，请分批办理。",
        "At most {limit} slips at a time; please go on in parts.",
    ),
    "accounts_has_signed_in": (
        "{name}已经登录过，批量凭条只发给从未登录的人员；需要时请在其页面单独出具。",
        "{name} has signed in before; slips in bulk are for people who never did. Use the person's own page.",
    ),
    "accounts_mail_not_configured": (
        "本系统没有配置邮件，请联系安全管理员重新出具一次性凭条。",
        "This installation sends no mail; ask the security administrator for a new one-time slip.",
    ),
    "accounts_reset_too_often": (
        "申请过于频繁，请于{minutes}分钟后再试，或者联系安全管理员重新出具一次性凭条。",
        "Asked too often: try again in {minutes} minutes, or ask the security administrator for a one-time slip.",
    ),
    "accounts_reset_link_dead": (
        "这个链接已经使用过、已过期或者不完整。请重新申请，或者联系安全管理员重新出具一次性凭条。",
        "This link was used, is too old or incomplete. Ask for a new one, or for a one-time slip.",
    ),
    "accounts_username_twice": (
        "用户名“{given}”在表中出现了不止一次（不区分大小写和全角半角）。",
        "The username “{given}” stands in the table more than once (capitals and full-width forms do not count).",
    ),
    "accounts_enterprise_unknown": (
        "系统中没有简称为“{given}”的企业，请照系统中的现用简称填写。",
        "No enterprise has the short name “{given}”; write it as the system has it.",
    ),
    "accounts_office_unknown": (
        "没有“{given}”这个处室；现有：{names}。",
        "There is no office “{given}”; there are: {names}.",
    ),
    "accounts_role_unknown": (
        "没有“{given}”这个角色；此类人员可以有：{names}。",
        "There is no role “{given}”; such a person may be: {names}.",
    ),
    "accounts_roster_empty": (
        "表中没有人员，请在表头下面逐行填写。",
        "The table holds nobody; fill in one row for each person below the header.",
    ),
    "accounts_roster_too_long": (
        "一次最多导入{limit}人，请分成几个表格。",
        "At most {limit} people at once; please use several tables.",
    ),
    "accounts_roster_gone": (
        "试导入的结果已过期或者不完整，什么都没有写入。请重新上传表格。",
        "The dry run is too old or incomplete; nothing was written. Upload the table again.",
    ),
}
