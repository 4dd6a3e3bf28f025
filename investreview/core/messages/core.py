"""Sentences of the core room."""

SENTENCES: dict[str, tuple[str, str]] = {
    "core_stale": (
        "您打开页面之后，{who}已修改了这条记录。您填写的内容仍在下方，请对照后重新提交。",
        "{who} changed this record after you opened the page. What you typed is kept below: compare and submit again.",
    ),
    "core_busy": (
        "系统正在处理另一项操作，请稍候再提交；您填写的内容没有丢失。",
        "The system is busy with another act. Please submit again in a moment; nothing you typed is lost.",
    ),
}
