"""Sentences of files that come in pieces."""

SENTENCES: dict[str, tuple[str, str]] = {
    "projects_upload_unknown": (
        "没有这个未传完的文件：可能已经取消，或者超过期限已被清理。请重新选择文件上传。",
        "There is no such unfinished upload: it was cancelled or has been removed. Please choose the file again.",
    ),
    "projects_upload_unreadable": (
        "没有读懂上传请求。请刷新页面后重新选择文件。",
        "The upload request could not be read. Reload the page and choose the file again.",
    ),
    "projects_upload_elsewhere": (
        "服务器已收到 {received} 字节，从那里继续。",
        "The server holds {received} bytes; the upload goes on from there.",
    ),
    "projects_upload_longer_than_said": (
        "收到的内容比申报的 {size} 字节长，文件可能在上传中被修改。请取消后重新选择文件。",
        "More came than the {size} bytes announced; the file may have been changed. Cancel and choose it again.",
    ),
    "projects_upload_piece_too_long": (
        "一次发送的内容超过 {limit} 字节。请刷新页面后重新选择文件。",
        "More than {limit} bytes were sent at once. Reload the page and choose the file again.",
    ),
    "projects_upload_cut_off": (
        "这一段在途中断开，没有收下；从已收到处继续。",
        "This piece broke off on its way and was not taken; the upload goes on from what was received.",
    ),
    "projects_upload_no_room": (
        "服务器存储空间不足，暂时不能接收文件；已传部分保留。请稍后继续，并告知系统管理员。",
        "The server has no room for files at the moment; what was received is kept. Please go on later and tell the "
        "system administrator.",
    ),
    "projects_uploads_too_many": (
        "您有 {count} 个未传完的文件，共 {held} MB；每人最多 {most} 个、{limit} MB。"
        "请先在办件 {cases} 的申报材料页传完或者放弃。",
        "You have {count} unfinished uploads of {held} MB; at most {most} and {limit} MB are kept for one person. "
        "Please finish or drop those of {cases} on their pages of materials first.",
    ),
    "projects_scans_too_many": (
        "您有 {count} 个已上传或者未传完、还没有登记的扫描件，共 {held} MB；每人最多 {most} 个、{limit} MB。"
        "请先再次选择这些文件并登记；不用的过几天自动清除。",
        "You have {count} scans of {held} MB that no form took yet; at most {most} and {limit} MB are kept for one "
        "person. Please choose them again and enter them; what is not needed goes by itself after some days.",
    ),
}
