"""Sentences of the accounts room."""

SENTENCES: dict[str, tuple[str, str]] = {
    "accounts_never_deleted": (
        "人员账户只能停用，不能删除：其办理过的事项须保留经办人。",
        "An account is deactivated, never deleted: what the person did keeps its author.",
    ),
    "accounts_security_admin_only": (
        "只有安全管理员可以管理人员和角色。",
        "Only the security administrator manages people and roles.",
    ),
    "accounts_confirmers_only": (
        "只有安全管理员或审计管理员可以确认授权。",
        "Only a security or audit administrator may confirm a grant.",
    ),
    "accounts_audit_admin_only": (
        "只有审计管理员可以查看访问日志。",
        "Only the audit administrator reads the access log.",
    ),
    "accounts_person_not_visible": ("没有这个人员。", "There is no such person."),
    "accounts_not_oneself": (
        "不能对本人账户进行这项操作，请由另一位管理员办理。",
        "This cannot be done to one's own account; another administrator must do it.",
    ),
    "accounts_inactive": ("{name}的账户已停用。", "The account of {name} is deactivated."),
    "accounts_username_taken": (
        "用户名“{given}”已有人使用（不区分大小写和全角半角），请另取一个。",
        "The username “{given}” is taken (capitals and full-width forms do not count); please choose another.",
    ),
    "accounts_username_not_read": (
        "用户名“{given}”须为2至64位文字、数字或 . _ @ -，不含空格。",
        "The username “{given}” must be 2 to 64 letters, digits or . _ @ -, without blanks.",
    ),
    "accounts_email_not_read": (
        "“{given}”不是电子邮箱地址，请按 name@example.cn 的格式填写，或留空。",
        "“{given}” is no e-mail address; write it like name@example.cn or leave it empty.",
    ),
    "accounts_kind_needs_enterprise": (
        "企业人员须选择所在企业。",
        "A person of an enterprise needs their enterprise.",
    ),
    "accounts_kind_unsuited": (
        "“{kind}”不能填写此项，请留空。",
        "This does not apply to “{kind}”; please leave it empty.",
    ),
    "accounts_only_staff_is_seconded": (
        "只有国资委工作人员可以标为借调。",
        "Only staff of the commission can be seconded.",
    ),
    "accounts_body_of_others": (
        "所选单位不在该人员所属范围内，请重新选择。",
        "The chosen body lies outside this person's own; please choose again.",
    ),
    "accounts_body_unsuited": (
        "“{role}”不能授予在所选单位上：企业角色授予在企业上，国资委角色授予在国资委上。",
        "“{role}” cannot be held on the chosen body: enterprise roles on enterprises, others on the commission.",
    ),
    "accounts_release_by_group_only": (
        "“报送”由集团统一办理，只能授予在监管企业（集团）上。",
        "Only a group releases: this role is held on the group, not on a subsidiary.",
    ),
    "accounts_role_unsuited": (
        "该类人员不能担任“{role}”：管理员不办理业务，业务人员不兼管理员（三员分立）。",
        "This kind of account cannot be “{role}”: administrators do not act on cases, and case workers do not"
        " administrate.",
    ),
    "accounts_seconded_never_sign": (
        "借调人员不得担任“{role}”，签发须由在编负责人办理。",
        "Seconded staff never hold “{role}”; a regular officer signs.",
    ),
    "accounts_office_missing": ("“{role}”须选择处室。", "“{role}” needs an office."),
    "accounts_office_unsuited": ("“{role}”不分处室，请留空。", "“{role}” belongs to no office; leave it empty."),
    "accounts_leave_past": (
        "休假截止日期{given}早于今天（{today}），不需要登记。",
        "The last day of leave, {given}, lies before today ({today}); there is nothing to record.",
    ),
    "accounts_leave_overlaps": (
        "您已登记{first}至{last}的休假，与这次的日期重叠；需要改期的，请先撤销。",
        "You have leave from {first} to {last} on record, which overlaps; cancel it first to change the dates.",
    ),
    "accounts_leave_over": (
        "休假已经结束，不能撤销。",
        "This leave is over and cannot be cancelled.",
    ),
    "accounts_leave_not_visible": ("没有这条休假记录。", "There is no such leave."),
    "accounts_leave_of_roles_only": (
        "您的岗位没有可以由他人代办的事项，不需要登记休假。",
        "Nothing of your role can be done by a substitute; there is no leave to record.",
    ),
    "accounts_substitute_away": (
        "{name}在这段日期也已登记休假，请另选代办人或者调整日期。",
        "{name} is away in this period too; propose somebody else or change the dates.",
    ),
    "accounts_period_past": (
        "起始日期{given}早于今天（{today}），授权不能追溯。",
        "The first day {given} lies before today ({today}); rights are never given backwards.",
    ),
    "accounts_period_reversed": (
        "截止日期{last}早于起始日期{first}，请核对。",
        "The last day {last} lies before the first day {first}; please check.",
    ),
    "accounts_period_missing": (
        "“{role}”的授权须有截止日期。",
        "“{role}” is limited in time: give the last day.",
    ),
    "accounts_period_unsuited": (
        "“{role}”以收回终止，不设截止日期。",
        "“{role}” ends by revocation; leave the last day empty.",
    ),
    "accounts_one_administration": (
        "{name}已担任一种管理员，系统、安全、审计管理员须由不同账户担任。",
        "{name} already is an administrator; the three administrations are three different accounts.",
    ),
    "accounts_role_already_held": (
        "{name}在该单位已有“{role}”角色。",
        "{name} already holds “{role}” on this body.",
    ),
    "accounts_confirmed_role_not_founded": (
        "“{role}”须由两人授权，不能写在创建文件中，请在人员管理页面办理。",
        "“{role}” takes two people to grant and cannot come from the founding file; use the page of people.",
    ),
    "accounts_confirmed_by_another": (
        "授权须由授权人和被授权人以外的另一人确认。",
        "A grant is confirmed by somebody other than who gave it and who gets it.",
    ),
    "accounts_nothing_to_confirm": (
        "该授权不需要确认，或已确认、已收回。",
        "This grant needs no confirmation, or was confirmed or revoked already.",
    ),
    "accounts_already_revoked": ("该角色已收回。", "This role was revoked already."),
    "accounts_password_wrong": (
        "当前密码不正确，请重新输入。",
        "The present password is wrong; please type it again.",
    ),
    "accounts_password_same": (
        "新密码不能与当前密码相同。",
        "The new password must differ from the present one.",
    ),
    "accounts_password_differs": (
        "两次输入的新密码不一致，请重新输入。",
        "The two new passwords differ; please type them again.",
    ),
    "accounts_password_weak": ("新密码不符合要求：{why}", "The new password is not accepted: {why}"),
    "accounts_sign_in_failed": (
        "用户名或密码不正确，请重新输入。连续失败次数过多时，该用户名将暂时锁定。",
        "Username or password is wrong; please type them again. After too many failures the name is locked for a"
        " while.",
    ),
    "accounts_sign_in_locked": (
        "连续失败次数过多，该用户名已暂时锁定。请于{minutes}分钟后再试，或联系安全管理员重置密码。",
        "Too many failures: this name is locked. Try again in {minutes} minutes, or ask the security administrator for"
        " a new password.",
    ),
    "accounts_substitute_is_principal": (
        "代办人不能是委托人本人。",
        "Nobody substitutes themselves.",
    ),
    "accounts_substitute_of_others": (
        "代办人须与委托人同属一个单位（同一集团或同一国资委）。",
        "The substitute must belong to the same group or commission as the principal.",
    ),
    "accounts_role_not_substituted": (
        "“{role}”不得由他人代办。",
        "“{role}” cannot be exercised by a substitute.",
    ),
    "accounts_principal_lacks_role": (
        "委托人目前不担任该单位的“{role}”，不能委托他人代办。",
        "The principal does not hold “{role}” there and cannot pass it on.",
    ),
    "accounts_substitution_amount": (
        "金额上限须大于零；不限金额时请留空。",
        "The limit must be above zero; leave it empty where there is none.",
    ),
    "accounts_substitution_route": ("没有程序“{given}”。", "There is no route “{given}”."),
    "accounts_substitution_over": ("该代办授权已终止。", "This substitution has ended already."),
    "accounts_holds_work": (
        "{name}尚有{count}项在办工作，停用前须办理工作交接（由本人、处长或者集团报送人办理）。须立即停止其使用的，可先收回角色、"
        "重置密码。",
        "{name} still holds {count} piece(s) of work, which must be handed over first (by the person, the office head"
        " or the group's releaser). To keep the person out at once, revoke the roles and reset the password.",
    ),
}
