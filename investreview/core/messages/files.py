"""Sentences of the file checks: what the file is, what is asked, what to do."""

SENTENCES: dict[str, tuple[str, str]] = {
    "file_empty": (
        "文件是空的。请检查原文件后重新选择。",
        "The file is empty. Please check the original and choose it again.",
    ),
    "file_too_large": (
        "文件超过 {limit} MB 的上限。请压缩或拆分后重新上传。",
        "The file is larger than {limit} MB. Please compress or split it.",
    ),
    "file_kind_unknown": (
        "无法接收此类文件（看上去是 {looks_like}）。可以接收：{taken}。",
        "This kind of file is not taken (it looks like {looks_like}). Taken are: {taken}.",
    ),
    "file_kind_unreadable": (
        "无法识别此文件的类型：内容与扩展名不符，或者文件已损坏。可以接收：{taken}。",
        "The kind of this file cannot be told: it is not what its name says, or it is damaged. Taken are: {taken}.",
    ),
    "file_kind_unknown_office": (
        "无法接收此类 Office 文件。请另存为 docx、xlsx 或 PDF 后上传。",
        "This kind of Office file is not taken. Please save it as docx, xlsx or PDF.",
    ),
    "file_extension_mismatch": (
        "文件名的后缀是 {extension}，内容却是 {kind}。请核对文件；旧版 doc、xls 请另存为 docx、xlsx 后上传。",
        "The name ends in {extension}, but the content is {kind}. Please check the file; "
        "save an old doc or xls as docx or xlsx.",
    ),
    "file_damaged": (
        "文件打不开或不完整。请在本机打开确认，另存一份后重新上传。",
        "The file cannot be opened or is incomplete. Please open it on your computer, save it anew and upload that.",
    ),
    "file_encrypted": (
        "文件设有密码或已加密。请取消密码后重新上传。",
        "The file is encrypted or has a password. Please remove it and upload again.",
    ),
    "file_pdf_not_at_start": (
        "PDF 文件开头有多余的内容。请重新导出或打印为 PDF 后上传。",
        "Something precedes the PDF in this file. Please export or print it as PDF anew.",
    ),
    "file_pdf_active": (
        "PDF 中含有会自动执行的内容（{what}）。请用“打印为 PDF”另存一份后上传。",
        "The PDF contains something that acts by itself ({what}). Please print it to PDF and upload that.",
    ),
    "file_pdf_attachments": (
        "PDF 中夹带了其他文件。请取出附件单独上传，并用“打印为 PDF”另存一份后上传。",
        "The PDF carries other files. Please upload those apart, print the PDF to PDF and upload that.",
    ),
    "file_pdf_no_pages": (
        "PDF 中没有页面。请检查原文件后重新导出。",
        "The PDF has no pages. Please check the original and export it again.",
    ),
    "file_pdf_too_complex": (
        "PDF 的结构过于复杂，或其中一个对象过大，无法检查。请降低扫描精度、拆分，或用“打印为 PDF”另存后上传。",
        "The PDF is too complex to be checked, or one object in it is too large. "
        "Please lower the resolution, split it, or print it to PDF.",
    ),
    "file_polyglot": (
        "文件前后夹带了其他内容，不同的软件会读出不同的东西。请另存一份后重新上传。",
        "Other content is attached before or after this file, so that programs would read different things in it. "
        "Please save it anew and upload that.",
    ),
    "file_macros": (
        "文件中含有宏或控件。请另存为不含宏的 docx、xlsx 后上传。",
        "The file contains macros or controls. Please save it as docx or xlsx without macros.",
    ),
    "file_remote_part": (
        "文件会从别处加载内容（{target}）。请断开链接、嵌入内容后重新上传。",
        "The file loads content from elsewhere ({target}). Please embed it instead of linking.",
    ),
    "file_xml_entities": (
        "文件中含有不允许的 XML 声明（DOCTYPE）。请用 Office 或 WPS 另存一份后上传。",
        "The file contains an XML document type, which is not allowed. Please save it anew with Office or WPS.",
    ),
    "file_archive_empty": (
        "压缩包里没有文件。请检查后重新打包。",
        "The archive is empty. Please pack it again.",
    ),
    "file_archive_too_many": (
        "压缩包里的文件过多，最多 {limit} 个。请拆分后上传。",
        "The archive holds too many files; at most {limit} are taken. Please split it.",
    ),
    "file_archive_bomb": (
        "压缩包解开后异常大（约 {unpacked} MB），无法接收。请直接上传其中的文件。",
        "The archive unpacks to an abnormal size (about {unpacked} MB). Please upload the files in it directly.",
    ),
    "file_archive_unsafe_name": (
        "压缩包中的文件名“{entry}”不安全（含上级目录、绝对路径、链接或不可见字符）。请重新打包。",
        "The name “{entry}” in the archive is not safe (path, link or invisible character). Please pack it again.",
    ),
    "file_archive_duplicate": (
        "压缩包中有重名文件“{entry}”。请改名后重新打包。",
        "The archive holds “{entry}” twice. Please rename one and pack it again.",
    ),
    "file_archive_method": (
        "压缩包使用了不常见的压缩方式。请用系统自带的 ZIP 压缩重新打包。",
        "The archive uses an unusual compression. Please pack it with the ordinary ZIP of your system.",
    ),
    "file_archive_nested": (
        "压缩包中还有压缩包“{entry}”。请解开后重新打包，或分别上传。",
        "The archive holds another archive, “{entry}”. Please unpack that and pack again, or upload both apart.",
    ),
    "file_archive_program": (
        "压缩包中有程序文件“{entry}”，无法接收。请删除后重新打包。",
        "The archive holds a program, “{entry}”. Please remove it and pack again.",
    ),
    "file_archive_entry": (
        "压缩包中的“{entry}”有问题：{why}",
        "“{entry}” in the archive cannot be taken: {why}",
    ),
    "file_image_too_large": (
        "图片尺寸为 {width}×{height} 像素，过大；最多 {limit} 万像素，每边不超过 20,000。请缩小后上传。",
        "The picture has {width}×{height} pixels; at most {limit} × 10,000 pixels, 20,000 a side. "
        "Please make it smaller.",
    ),
}
