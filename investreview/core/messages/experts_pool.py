"""Sentences of the experts' pools and of recusal."""

SENTENCES: dict[str, tuple[str, str]] = {
    "experts_pool_not_visible": (
        "没有您可以查看的专家库内容。",
        "There is nothing of the experts' pools that you may see.",
    ),
    "experts_pool_readers_only": (
        "专家库只对专家库管理人员、处长和审计监督人员开放。",
        "The experts' pools are open to their keeper, the office head and auditors only.",
    ),
    "experts_organisations_too_many": (
        "回避单位最多列{limit}家。",
        "At most {limit} organisations can be named.",
    ),
    "experts_role_missing": (
        "此项操作须由“{role}”办理。",
        "Only “{role}” may do this.",
    ),
    "experts_date_in_future": (
        "日期{given}晚于今天（{today}），请填写已经发生的日期。",
        "{given} lies after today ({today}); give a day that has come.",
    ),
    "experts_period_reversed": (
        "截止日期{last}早于起始日期{first}，请核对。",
        "The last day {last} lies before the first day {first}; please check.",
    ),
    "experts_known_already": (
        "同名同电话的专家已经登记，编号{number}；请在该记录上修改。",
        "An expert of this name and telephone is registered already as {number}; correct that record instead.",
    ),
    "experts_nothing_changed": (
        "填写内容与现有记录一致，没有需要保存的修改。",
        "What was typed equals the record; there is nothing to save.",
    ),
    "experts_field_before_birth": (
        "从事本专业起始日期{given}须晚于出生日期{born_on}。",
        "Work in the field began on {given}; it must begin after the birth on {born_on}.",
    ),
    "experts_specialty_unknown": (
        "现行规则集中没有专业“{given}”，请从列表中选择。",
        "The rule set in force knows no specialty “{given}”; choose from the list.",
    ),
    "experts_specialty_missing": (
        "请至少选择一个专业，席位按专业编排。",
        "Choose at least one specialty; seats go by specialty.",
    ),
    "experts_account_linked": (
        "该专家已经关联在用账户“{username}”；更换账户的，请安全管理员先停用原账户。",
        "The expert already has the account “{username}”; to change it, have the security administrator close it.",
    ),
    "experts_account_unsuited": (
        "账户“{username}”不是本委在用的评审专家账户，请安全管理员以“评审专家”类别建立账户。",
        "The account “{username}” is no active expert's account of this commission; have the security administrator "
        "make one of the kind “expert”.",
    ),
    "experts_account_other_name": (
        "账户姓名“{given}”与专家姓名“{name}”不一致，不能关联。",
        "The account is of “{given}”, the expert is “{name}”; they cannot be linked.",
    ),
    "experts_account_taken": (
        "账户“{username}”已经关联其他专家。",
        "The account “{username}” already belongs to another expert.",
    ),
    "experts_retired_until": (
        "退休前任职须填写截止日期，回避年限从该日起算。",
        "Employment before retirement needs its last day; the years of recusal are counted from it.",
    ),
    "experts_ended_already": (
        "该项记录已于{given}截止，请刷新后核对。",
        "This entry ended on {given} already; reload and check.",
    ),
    "experts_matched_already": (
        "该任职经历已经对应“{name}”。",
        "This employer is matched with “{name}” already.",
    ),
    "experts_proposed_already": (
        "已有一项入库申请在等待处长审核。",
        "A proposal already waits for the office head.",
    ),
    "experts_next_term_known": (
        "下一任期已经确定，无需再次提出。",
        "The next term is settled already.",
    ),
    "experts_not_qualified": (
        "不符合入库条件：年龄不超过{oldest}周岁，从事本专业满{years}年；请核对出生日期和从业起始日期。",
        "Not qualified: at most {oldest} years old and at least {years} years in the field; check both dates.",
    ),
    "experts_admit_own_proposal": (
        "入库须由提出人以外的处长审核，请转另一位处长或者其代办人办理。",
        "An office head admits what somebody else has proposed; pass it to another head or a substitute.",
    ),
    "experts_proposal_settled": (
        "该项入库申请已经处理，请刷新后核对。",
        "This proposal has been settled already; reload and check.",
    ),
    "experts_no_member": (
        "该专家当前不在此库，也没有待审核的申请。",
        "The expert is not of this pool now, nor proposed for it.",
    ),
    "experts_organisation_unknown": (
        "系统中没有名为“{given}”的单位，请填写统一社会信用代码；境外单位请勾选“境外单位”。",
        "No legal person named “{given}” is known; give its unified social credit code, or mark it as foreign.",
    ),
    "experts_organisation_ambiguous": (
        "名称“{given}”对应多家单位，请填写统一社会信用代码。",
        "Several legal persons bear the name “{given}”; give the unified social credit code.",
    ),
    "experts_recusal_not_open": (
        "本件状态为“{state}”，不再受理回避申请。",
        "This case is “{state}”; requests of recusal are no longer taken.",
    ),
    "experts_recusal_no_panel": (
        "本件不需要专家论证，无需申请回避。",
        "No expert panel reviews this case; there is nothing to ask recusal from.",
    ),
    "experts_recusal_frozen": (
        "抽取事项已经封存，回避申请应在封存之前提出和答复。",
        "The draw is frozen; recusal is asked for and answered before that.",
    ),
    "experts_recusal_class_has_no_code": (
        "申请某一类人员回避的，不填写统一社会信用代码。",
        "A class of people has no credit code.",
    ),
    "experts_recusal_asked_already": (
        "已经就“{given}”提出过回避申请。",
        "Recusal of “{given}” has been asked for already.",
    ),
    "experts_recusal_answered": (
        "该申请已处理（{state}），请刷新后核对。",
        "This request has been settled ({state}); reload and check.",
    ),
    "experts_recusal_own": (
        "回避申请须由录入人以外的处长答复。",
        "An office head answers what somebody else has entered.",
    ),
    "experts_recusal_nobody": (
        "同意回避的，请至少列出一家单位。",
        "To grant the request, name at least one organisation.",
    ),
    "experts_draw_frozen": (
        "抽取事项已经封存，本轮结束之前不再核对回避。",
        "The draw is frozen; avoidance is checked again only after this round.",
    ),
    "experts_hit_unknown": (
        "没有这一项可以排除的命中，或者登记信息已经变化；请刷新后核对。",
        "There is no such hit that could be dismissed, or its facts have changed; reload and check.",
    ),
    "experts_hit_proposed": (
        "专家{number}的这一命中已提请排除，等待处长审核。",
        "The dismissal of this hit of {number} already waits for the office head.",
    ),
    "experts_dismissal_own": (
        "排除命中须由提请人以外的处长审核。",
        "An office head decides on what somebody else has put forward.",
    ),
    "experts_dismissal_decided": (
        "该项排除申请已经处理，请刷新后核对。",
        "This dismissal has been decided already; reload and check.",
    ),
}
