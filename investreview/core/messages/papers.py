"""Sentences of the pages on which documents are read and edited."""

SENTENCES: dict[str, tuple[str, str]] = {
    "papers_file_gone": (
        "文件库中找不到这份文件。请把文件编号告诉系统管理员，由管理员核对存储与备份。",
        "The store has lost this file. Tell the system administrator its number; storage and backup must be checked.",
    ),
    "papers_not_made": (
        "这份 PDF 还没有生成。请稍后刷新文件页面；生成失败的可以在该页重新生成。",
        "This PDF is not made yet. Reload the document's page in a while; a failed one can be made again there.",
    ),
    "papers_base_missing": (
        "页面缺少所依据的版次，没有保存。请重新打开修改页面。",
        "The page did not say on which version it was based; nothing was saved. Open the editing page again.",
    ),
    "papers_not_a_letter": (
        "表单由系统按办件内容生成，不能修改或者比对文字。",
        "Forms are made by the system from the case; their wording is neither edited nor compared.",
    ),
}
