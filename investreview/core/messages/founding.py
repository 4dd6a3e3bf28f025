"""Sentences of the founding command."""

SENTENCES: dict[str, tuple[str, str]] = {
    "founding_refused": (
        "{file} 第{line}行 {path}：{why} 本次运行未作任何改动。",
        "{file}, line {line}, {path}: {why} Nothing was changed by this run.",
    ),
    "founding_file_missing": ("文件 {file} 无法读取，请核对路径。", "The file {file} cannot be read; check its path."),
    "founding_not_yaml": ("不是可以读取的 YAML（{why}）。", "This is no readable YAML ({why})."),
    "founding_key_unknown": ("不认识“{key}”，此处可用：{known}。", "“{key}” is not known here; possible are: {known}."),
    "founding_key_twice": ("“{key}”写了两次，请只保留一处。", "“{key}” is written twice; keep one."),
    "founding_value_missing": ("缺少“{key}”。", "“{key}” is missing."),
    "founding_value_shape": (
        "“{key}”的写法不对，请对照示例文件。",
        "“{key}” has the wrong shape; compare the example.",
    ),
    "founding_value_number": ("“{given}”不是整数。", "“{given}” is not a whole number."),
    "founding_value_day": (
        "“{given}”不是日期，请写成 2024-01-02。",
        "“{given}” is no date; write it like 2024-01-02.",
    ),
    "founding_value_flag": ("“{given}”应为 true 或 false。", "“{given}” must be true or false."),
    "founding_value_choice": ("“{given}”不在可选范围：{known}。", "“{given}” is none of: {known}."),
    "founding_value_percent": (
        "“{given}”不是百分比，请写成 62.50%。",
        "“{given}” is no percentage; write it like 62.50%.",
    ),
    "founding_names_order": ("名称须按启用日期先后排列。", "Names stand in the order of their first days."),
    "founding_contradiction": (
        "文件写的是“{written}”，系统中已是“{stored}”；本命令不修改已有内容，请更正文件。",
        "The file says “{written}”, the system has “{stored}”; this command never changes what exists: correct the"
        " file.",
    ),
    "founding_three_administrators": (
        "须写明系统、安全、审计三名管理员，各一名、各用一个账户（三员分立）。",
        "Name exactly one system, one security and one audit administrator, each with an account of their own.",
    ),
    "founding_body_unknown": (
        "没有名为“{given}”的企业或处室。",
        "There is no enterprise or office named “{given}”.",
    ),
}
