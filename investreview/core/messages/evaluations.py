"""Sentences of the evaluations room."""

SENTENCES: dict[str, tuple[str, str]] = {
    "evaluations_year_not_visible": (
        "没有这个后评价年度，或者您无权查看。",
        "There is no such evaluation year, or you may not see it.",
    ),
    "evaluations_notice_not_visible": (
        "没有这份通知，或者您无权查看。",
        "There is no such notice, or you may not see it.",
    ),
    "evaluations_wrong_state": (
        "{year}年度后评价当前为“{state}”，不能这样办理；请刷新页面查看最新情况。",
        "The evaluation year {year} is “{state}” now and does not allow this; reload the page.",
    ),
    "evaluations_year_not_now": (
        "只能开启当年（{now}年）的后评价，填写的是{given}。",
        "Only the current year ({now}) can be opened; {given} was given.",
    ),
    "evaluations_not_in_frame": (
        "本年度抽样范围内没有这个项目，或者已经剔除；请刷新页面。",
        "The project is not in this year's frame, or was left out already; reload the page.",
    ),
    "evaluations_must_stays": (
        "该项目属于必查项目，全部列入抽查，不能剔除。",
        "This project is a mandatory pick: all of them are in the sample, none is left out.",
    ),
    "evaluations_not_left_out": (
        "这个项目没有被剔除，无须恢复；请刷新页面。",
        "The project is not left out; reload the page.",
    ),
    "evaluations_already_in_frame": (
        "这个项目已在本年度抽样范围内，或者已被剔除（可在列表中恢复）。",
        "The project is in this year's frame already, or was left out (take it back in the list).",
    ),
    "evaluations_not_decided": (
        "只能加入本委监管企业已经备案或者自主决策的项目，请从列表中选择。",
        "Only projects of this commission's enterprises that may be carried out can be added; choose one of the list.",
    ),
    "evaluations_sampled_before": (
        "这个项目已列入{year}年度抽样范围，不再重复列入。",
        "The project stood in the frame of {year} and is not listed again.",
    ),
    "evaluations_method_unknown": (
        "规则集中没有“{given}”这种抽取方法，请从列表中选择。",
        "The rule set has no method “{given}”; choose one of the list.",
    ),
    "evaluations_frame_empty": (
        "抽样范围内没有项目，无法封存。请先登记项目节点，或者加入计划内的项目。",
        "The frame holds no project and cannot be frozen. Enter milestones of projects first, or add planned ones.",
    ),
    "evaluations_frame_changed": (
        "抽样范围在您打开页面之后有变化（当时的范围校验值为{given}，现为{now}，共 {count} 个项目），请核对后再封存。",
        "The frame has changed since you opened the page (its digest was {given} and is {now} now, projects: {count}); "
        "check it, then freeze.",
    ),
    "evaluations_contact_missing": (
        "通知须写明向哪个处室报联络员、联系电话是多少：请先由系统管理员补全规划投资处室和联系电话。",
        "The notice says to which office, under which telephone number, an enterprise reports its liaison; have the "
        "system administrator complete the investment office and the telephone number first.",
    ),
    "evaluations_not_sampled": (
        "没有被抽中的企业，不需要通知。",
        "No enterprise was sampled; there is nobody to notify.",
    ),
    "evaluations_reissue_open": (
        "代替这份通知的重发件已在办理，请打开办理中的一份。",
        "A notice that takes the place of this one is already under way; open that one.",
    ),
    "evaluations_no_reissue": (
        "这份通知不是重发件，不能放弃。",
        "This notice does not take the place of another one and cannot be dropped.",
    ),
    "evaluations_notice_state": (
        "这份通知当前为“{state}”，不能这样办理；请刷新页面查看最新情况。",
        "The notice is “{state}” now and does not allow this; reload the page.",
    ),
    "evaluations_wording_changed": (
        "通知文字在审核之后有改动（现为第{ordinal}版），请重新审核后再签发。",
        "The wording was changed after the check (now version {ordinal}); have it checked again before signing.",
    ),
}
