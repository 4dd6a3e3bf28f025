"""Sentences of the experts room: panels, seats, sheets, opinions. None tells a name."""

SENTENCES: dict[str, tuple[str, str]] = {
    "experts_no_running_panel": (
        "本办件没有正在进行的专家论证。",
        "No expert panel is running on this case.",
    ),
    "experts_not_allowed_in_panel_state": (
        "专家论证目前处于“{state}”，不能进行这项操作。请刷新页面查看最新进展。",
        "The panel is at “{state}”, where this cannot be done. Reload the page to see where it stands.",
    ),
    "experts_place_vacant": (
        "席位 {place} 目前空缺，或者本人尚未确认。请先完成递补和确认。",
        "Place {place} is vacant or not yet confirmed. Fill and confirm it first.",
    ),
    "experts_place_of_another": (
        "该席位不由您办理。",
        "This seat is not yours to act on.",
    ),
    "experts_sheet_not_read": (
        "评分表没有保存：{what}",
        "The sheet was not saved: {what}",
    ),
    "experts_panel_not_visible": ("没有这个专家组。", "There is no such panel."),
    "experts_seat_not_visible": ("没有这个席位。", "There is no such seat."),
    "experts_seat_not_sitting": (
        "该席位已不在论证之中，材料和评分表不再开放。",
        "This seat no longer takes part; papers and sheets are closed.",
    ),
    "experts_declaration_needed": (
        "签署回避承诺之前，材料和评分表不开放。请先逐一核对所列单位并签署。",
        "Papers and sheets open only after the conflict declaration is signed. Go through the listed parties and sign.",
    ),
    "experts_conflict_declared": (
        "该席位已声明存在应当回避的情形，不能查阅材料或者评分，请办理离席。",
        "A conflict was declared for this seat: it can neither read nor score, and has to be left.",
    ),
    "experts_declared_already": (
        "该席位已经签署回避承诺。情况有变化的，请办理离席。",
        "The declaration of this seat is signed. If something has changed since, the seat has to be left.",
    ),
    "experts_statement_needed": (
        "声明存在应当回避的情形的，请说明涉及的单位和事由。",
        "A declared conflict needs a statement: which party, and why.",
    ),
    "experts_sheet_unknown_key": (
        "评分表上没有这些项目：{key}。请重新打开评分表填写。",
        "These items are not on the sheet: {key}. Open the sheet anew and fill it in.",
    ),
    "experts_points_missing": (
        "请填写“{criterion}”的得分。",
        "Please give points for “{criterion}”.",
    ),
    "experts_points_wrong": (
        "“{criterion}”的得分 {given} 不对，应为 0 至 {most} 的整数。",
        "{given} points for “{criterion}” cannot be: a whole number from 0 to {most} is expected.",
    ),
    "experts_comment_needed": (
        "“{criterion}”得 {points} 分（满分 {most} 分），低于 {percent}%，请写明理由。",
        "“{criterion}” got {points} of {most} points, under {percent}%: please say why.",
    ),
    "experts_red_line_missing": (
        "请回答红线问题：{question}。",
        "Please answer the red-line question: {question}.",
    ),
    "experts_red_line_unexplained": (
        "红线问题“{question}”回答为“是”，请说明情况。",
        "The red-line question “{question}” is answered yes: please explain.",
    ),
    "experts_verdict_missing": ("请选择结论。", "Please choose a verdict."),
    "experts_verdict_unknown": ("没有“{given}”这种结论。", "There is no verdict “{given}”."),
    "experts_conditions_needed": (
        "结论为“修改后同意”的，请至少写明一项修改条件。",
        "“Agree with changes” needs at least one condition.",
    ),
    "experts_conditions_unneeded": (
        "结论为“{verdict}”时不得附条件；需要附条件的，请选择“修改后同意”。",
        "The verdict “{verdict}” takes no condition; choose “agree with changes” to set one.",
    ),
    "experts_disagreement_unexplained": (
        "结论为“不同意”的，请写明综合意见。",
        "A disagreement needs its reasons in the overall comment.",
    ),
    "experts_sheet_signed": (
        "本阶段的评分表已经签名，不能再改动。确需更正的，请在规定时间内办理更正。",
        "The sheet of this stage is signed and never changes. A correction is a new version with a reason.",
    ),
    "experts_sheet_entered": (
        "该席位的纸质评分表已录入，正在等待他人核对。",
        "A paper sheet was typed in for this seat and waits for another person's comparison.",
    ),
    "experts_nothing_to_correct": (
        "该席位目前没有可以更正的评分表：论证会之后不再更正独立评分，论证意见形成之后不再更正最终评分。",
        "There is no sheet to correct now: the meeting fixes independent ones, the drafted opinion final ones.",
    ),
    "experts_nothing_to_compare": (
        "该席位没有等待核对的纸质评分表。",
        "No paper sheet of this seat waits for comparison.",
    ),
    "experts_paper_same_person": (
        "录入人不能核对自己的录入，请由另一人对照原件核对。",
        "Whoever typed the sheet in cannot compare it; another person has to.",
    ),
    "experts_paper_date_wrong": (
        "纸面日期 {given} 不对，应在 {first} 至 {last} 之间。",
        "The date on the paper, {given}, cannot be: it has to lie between {first} and {last}.",
    ),
    "experts_chair_missing": (
        "专家组尚未推选组长（原组长已离席），请会务登记新组长后再签最终评分表。",
        "The panel has no chair since the last one left; the secretary must record the election first.",
    ),
    "experts_chair_elected": ("专家组已有组长。", "The panel has its chair."),
    "experts_chair_absent": (
        "未到会、提交书面意见的专家不能担任组长，请另选。",
        "A member who did not come cannot chair the panel; choose another.",
    ),
    "experts_written_opinion_late": (
        "该专家未到会，书面意见应在 {due_on} 前提交，现已逾期。请办理离席和递补，或者另行组织论证。",
        "This member did not come; the written opinion was due on {due_on}. Replace the member or order a new round.",
    ),
    "experts_no_inquiry": ("没有待转企业的质询。", "No question waits to be sent."),
    "experts_inquiry_not_visible": ("没有这项质询。", "There is no such question."),
    "experts_inquiry_answered": (
        "这项质询已经答复，不能再改。需要补充的，请等待新的质询。",
        "This question is answered for good. What is to be added answers a new question.",
    ),
    "experts_sheets_missing": (
        "还有 {count} 份独立评分表没有签名，全部签名后方可登记论证会。",
        "{count} independent sheets are not signed yet; the meeting comes after all of them.",
    ),
    "experts_meeting_time_wrong": (
        "论证会时间应在专家全部确认之后，且不得晚于现在。",
        "The meeting lies after the last confirmation and not in the future.",
    ),
    "experts_sheet_after_meeting": (
        "有独立评分表的签名晚于所填论证会时间。独立评分应在集体讨论之前完成，请核对时间。",
        "An independent sheet was signed after this time, though it comes before the discussion. Check the time.",
    ),
    "experts_attendance_incomplete": (
        "请逐一登记全部 {size} 个席位的到会情况（到会、迟到、未到会提交书面意见）。",
        "Record for each of the {size} places whether the member came, came late, or gives a written opinion.",
    ),
    "experts_finals_missing": (
        "还有 {count} 份最终评分表没有签名，全部签名后方可形成论证意见。",
        "{count} final sheets are not signed yet; the opinion comes after all of them.",
    ),
    "experts_opinion_signed": ("该席位已在论证意见上签名。", "This seat has signed the opinion."),
    "experts_scan_needed": ("请上传签名页的扫描件。", "Please upload the scan of the signed page."),
    "experts_condition_not_visible": ("没有这项条件。", "There is no such condition."),
    "experts_condition_not_awaited": (
        "该条件目前为“{state}”，不能提交证明。",
        "The condition is “{state}”; no proof is awaited.",
    ),
    "experts_condition_not_submitted": (
        "该条件目前为“{state}”，没有待核验的证明。",
        "The condition is “{state}”; there is no proof to judge.",
    ),
    "experts_judgement_unknown": ("请选择“已落实”或者“退回补充”。", "Choose met or returned."),
    "experts_round_not_ordered": (
        "不得重新抽取。确需另行组织专家组的，由分管领导写明理由决定，理由将载入各项表单。",
        "There is no redraw. A new panel needs the leader's recorded reason, which is shown on every sheet.",
    ),
    "experts_round_reason_differs": (
        "所填理由与决定另行组织专家组时记录的理由不一致，以记录为准：{recorded}。",
        "The reason differs from the one recorded when the new panel was ordered: {recorded}.",
    ),
    "experts_panel_not_due": (
        "本办件目前不需要组织专家论证。",
        "No expert panel is due on this case.",
    ),
    "experts_panel_running": (
        "本办件已有正在进行的专家论证。",
        "A panel is running on this case already.",
    ),
    "experts_industry_unknown": (
        "请从专业目录中选择项目所属行业（至少一项）；“{given}”不是行业专业。",
        "Choose at least one industry of the project from the list; “{given}” is none.",
    ),
    "experts_meeting_in_past": (
        "论证时间须晚于现在。",
        "The meeting has to lie in the future.",
    ),
    "experts_nothing_to_reveal": (
        "目前没有轮到揭示的席位。",
        "No name is due to be revealed.",
    ),
    "experts_call_time_wrong": (
        "通话时间应在揭示姓名之后，且不得晚于现在。",
        "A call lies after the name was revealed and not in the future.",
    ),
    "experts_call_reason_needed": (
        "请假或者回避的，请记录事由。",
        "A leave or a recusal needs its reason.",
    ),
    "experts_call_needed": (
        "电话通知登记表中没有结果为“同意”的通话，不能登记确认。",
        "The call register has no call with the answer “agreed”; the seat cannot be confirmed.",
    ),
    "experts_seat_confirmed": ("该席位已经确认。", "This seat is confirmed already."),
    "experts_departure_asked": (
        "该席位的离席已经登记，正在等待监督人确认。",
        "A departure of this seat is recorded and waits for the supervisor.",
    ),
    "experts_departure_not_asked": (
        "该席位没有等待处理的离席登记。",
        "No departure of this seat waits.",
    ),
    "experts_departure_not_confirmed": (
        "由抽取人登记的离席须先经监督人确认。",
        "A departure told by the operator needs the supervisor's confirmation first.",
    ),
    "experts_unreached_too_early": (
        "“未能联系”须有至少 {tries} 次、每次间隔不少于 {minutes} 分钟的无人接听记录；目前符合要求的为 {counted} 次。",
        "“Not reached” needs {tries} unanswered calls at least {minutes} minutes apart; {counted} count so far.",
    ),
    "experts_leave_through_task": (
        "评分开始之后的离席，请在该席位的评分任务中办理。",
        "Once scoring has begun a member leaves through the task of the place.",
    ),
    "experts_invitations_open": (
        "已确认 {confirmed} 席，应到 {size} 席；全部确认后方可结束通知。",
        "{confirmed} of {size} seats are confirmed; invitations close when all are.",
    ),
    "experts_numbers_not_now": (
        "公布封存摘要之后、抽取之前，方可录入现场随机数字。",
        "The on-site numbers are entered after the announcement and before the draw.",
    ),
    "experts_file_not_visible": ("没有这个文件。", "There is no such file."),
    "experts_no_wave": (
        "没有等待确认的递补。",
        "No wave waits to be confirmed.",
    ),
    "experts_nobody_left": (
        "没有需要递补的席位。",
        "No seat waits to be filled.",
    ),
    "experts_mode_unknown": (
        "没有“{given}”这种参加方式。",
        "There is no way to take part called “{given}”.",
    ),
    "experts_recusal_requests_open": (
        "企业提出的 {count} 项回避申请尚未答复，请先答复再封存名册。",
        "{count} requests of recusal by the enterprise are not answered yet; answer them before the freeze.",
    ),
    "experts_ceremony_unfinished": (
        "上一轮抽取（{number}）已公布封存摘要，必须先录入现场随机数字并收尾，才能封存新一轮。",
        "The draw before ({number}) was announced: enter its numbers and end it first, then freeze the next round.",
    ),
    "experts_no_void_draw": (
        "没有需要收尾的抽取。",
        "No draw of an ended panel waits to be finished.",
    ),
    "experts_departure_kind_wrong": (
        "请选择离席类别。",
        "Choose why the member leaves.",
    ),
    "experts_seat_left": (
        "该席位已经离席，或者论证已经终止。",
        "This seat was left, or its panel has ended.",
    ),
}
