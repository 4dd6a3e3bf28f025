"""Sentences of the desk."""

SENTENCES: dict[str, tuple[str, str]] = {
    "desk_no_cases_here": (
        "您的岗位不办理也不查阅办件。如需查阅，请联系安全管理员授予相应角色。",
        "Your role neither handles nor reads cases. If it should, ask the security administrator for the role.",
    ),
}
