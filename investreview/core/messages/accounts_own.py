"""Sentences of one's own account: second factor, mail address, sessions."""

SENTENCES: dict[str, tuple[str, str]] = {
    "accounts_factor_code_wrong": (
        "动态口令不正确、已过期或者已经用过。请等待验证器显示下一个口令后再填写，并核对手机时间；也可以使用恢复码。",
        "The code is wrong, too old or used already. Wait for the next one on your telephone, check its clock, or use a"
        " recovery code.",
    ),
    "accounts_factor_exists": (
        "您已启用动态口令。更换手机的，请先停用，再重新启用。",
        "You have a second factor already. For a new telephone, remove it first and set it up again.",
    ),
    "accounts_factor_missing": (
        "该账户没有启用动态口令。",
        "This account has no second factor.",
    ),
    "accounts_factor_of_administrator": (
        "管理员的动态口令不能由本人停用，请由另一名安全管理员解除。",
        "An administrator does not remove their own second factor; another security administrator does.",
    ),
    "accounts_factor_seal_broken": (
        "动态口令的密钥无法打开：页面已失效，或者SECOND_FACTOR_KEY已更换。请重新打开页面；仍然如此的，请联系安全管理员。",
        "The key of the second factor cannot be opened: the page is out of date, or SECOND_FACTOR_KEY was changed. Open"
        " the page again; if that does not help, ask the security administrator.",
    ),
    "accounts_email_same": (
        "新的电子邮箱与现在的相同，没有更改。",
        "The new address is the present one; nothing was changed.",
    ),
    "accounts_mail_link_dead": (
        "链接已失效：已经用过、超过有效时间，或者又申请了其他邮箱。请登录后在“我的账户”中重新申请。",
        "The link no longer works: it was used, is too old, or another address was asked for. Sign in and ask again"
        " under “My account”.",
    ),
    "accounts_session_not_visible": (
        "没有这个登录，可能已经结束。",
        "There is no such session; it may be over already.",
    ),
}
