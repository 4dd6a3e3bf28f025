"""Sentences of the projects room: files, telephone notes, incoming papers."""

SENTENCES: dict[str, tuple[str, str]] = {
    "projects_content_frozen": (
        "办件已经送审或者已经报送，内容和材料已冻结，本次修改没有保存。需要修改的，请联系送审人收回，或待市国资委通知补正。",
        "The case was handed over or released; facts and materials are frozen and nothing was saved. To change them,"
        " have the case recalled, or wait for the commission to ask for a supplement.",
    ),
    "projects_file_gone": (
        "文件“{name}”已登记，但存储中找不到，请联系系统管理员从备份恢复（校验值 {sha256}）。",
        "The file “{name}” is registered but not in the store; ask the system administrator to restore it from the"
        " backup (SHA-256 {sha256}).",
    ),
    "projects_received_in_future": (
        "收文日期 {given} 晚于今天，请核对。",
        "The date of receipt {given} lies in the future; please check it.",
    ),
    "projects_copies_wrong": (
        "份数 {given} 不在 1 至 {most} 之间，请核对。",
        "The number of copies, {given}, is not between 1 and {most}; please check it.",
    ),
    "projects_register_number_used": (
        "收文号 {given} 在本办件已登记，内容不同。请核对收文号，或在下方查看已登记的内容。",
        "The register number {given} is already used on this case with other content. Check the number, or see the"
        " entry below.",
    ),
}
