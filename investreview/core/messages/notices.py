"""Sentences of the notices room."""

SENTENCES: dict[str, tuple[str, str]] = {
    "notices_not_visible": ("没有这条通知。", "There is no such notice."),
    "notices_outbox_keeper_only": (
        "只有系统管理员可以处理未发出的邮件。",
        "Only the system administrator handles mails that did not leave.",
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
