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
}
