"""Sentences of the notices room."""

SENTENCES: dict[str, tuple[str, str]] = {
    "notices_not_visible": ("没有这条通知。", "There is no such notice."),
    "notices_outbox_keeper_only": (
        "只有系统管理员可以处理未发出的邮件。",
        "Only the system administrator handles mails that did not leave.",
    ),
    "notices_window_too_long": (
        "停留 {given} 分钟超出范围，停留时间为 0 至 {most} 分钟，请改正后重新保存。",
        "{given} minutes is out of bounds; a mail waits from 0 to {most} minutes. Correct it and save again.",
    ),
    "notices_windows_changed": (
        "停留时间在您打开页面之后已由他人修改，没有保存。请在“待发邮件”核对现在的设置；确需修改的，再次保存。",
        "Somebody changed the holding times since you opened the page; nothing was saved. Check them in the outbox,"
        " and save again to replace them.",
    ),
    "notices_nothing_to_retry": (
        "这封邮件不在失败状态，无需重发。",
        "This mail has not failed; there is nothing to send again.",
    ),
    "notices_mail_on_its_way": (
        "这封邮件现在的状态是“{state}”，已不能暂缓或者放行。",
        "This mail is “{state}” by now; it can no longer be held or released.",
    ),
    "notices_no_outbox_here": (
        "待发邮件由发出人和系统管理员查看，您没有这项工作。",
        "The outbox is for those who send mails and for the system administrator.",
    ),
    "notices_callers_only": (
        "电话催办名单由经办人和处长使用。",
        "The call list is for case officers and the head of the office.",
    ),
    "notices_no_sms_waits": (
        "没有等待提取的短信；已读的通知不再发短信。",
        "No short message waits; notices that were read are told no more.",
    ),
}
