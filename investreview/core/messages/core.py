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
    "clock_demonstration_not_allowed": (
        "本系统的设置不允许使用演示时钟；演示时钟只能用于演示数据库。",
        "The settings of this installation do not allow a demonstration clock; only a demonstration database has one.",
    ),
    "clock_demonstration_running": (
        "本数据库已在使用演示时钟，不能重新设定；需要重新开始时请新建演示数据库。",
        "This database already runs on a demonstration clock. To start again, make a new demonstration database.",
    ),
    "money_empty": (
        "请填写金额，例如“1860”“1,860.00 万元”或“18600000 元”。",
        "Please enter an amount, for example “1860”, “1,860.00 万元” or “18600000 元”.",
    ),
    "money_not_read": (
        "无法识别金额“{given}”。请只用数字、千位分隔符、小数点和单位，例如“1,860.00 万元”。",
        "“{given}” cannot be read as an amount. Use digits, thousands separators, a decimal point and a unit only, "
        "for example “1,860.00 万元”.",
    ),
    "money_foreign_digits": (
        "“{given}”中有不是 0–9 的数字。请用阿拉伯数字 0–9 填写，例如“3000 万元”。",
        "“{given}” contains digits other than 0–9. Please use 0–9, for example “3000 万元”.",
    ),
    "money_negative": (
        "“{given}”是负数。此处金额不能为负，请填写零或正数，例如“300 万元”。",
        "“{given}” is negative. The amount must be zero or more, for example “300 万元”.",
    ),
    "money_plus_sign": (
        "“{given}”前带有正号。请去掉正号，例如把“+5”写成“5”。",
        "“{given}” starts with a plus sign. Please leave it out: “5” instead of “+5”.",
    ),
    "money_underscore": (
        "“{given}”中有下划线。千位请用逗号分隔或不分隔，例如“1,000,000”。",
        "“{given}” contains an underscore. Separate thousands with commas or not at all, for example “1,000,000”.",
    ),
    "money_not_a_number": (
        "“{given}”不是数。请填写金额，例如“1860 万元”。",
        "“{given}” is not a number. Please enter an amount, for example “1860 万元”.",
    ),
    "money_exponent": (
        "“{given}”是科学计数法。请写出全部数字，例如“10000000 元”或“1000 万元”。",
        "“{given}” is in scientific notation. Please write all digits, for example “10000000 元” or “1000 万元”.",
    ),
    "money_unit_unknown": (
        "“{given}”中的单位“{unit}”无法识别。单位只能是“元”“万元”或“亿元”，例如“1860 万元”。",
        "The unit “{unit}” in “{given}” is not known. Use 元, 万元 or 亿元, for example “1860 万元”.",
    ),
    "money_grouping": (
        "“{given}”中逗号的位置不对。逗号每三位一个，例如“1,860,000”；也可以不写逗号。",
        "The commas in “{given}” are misplaced. Put one before every three digits, for example “1,860,000”, or none.",
    ),
    "money_leading_zero": (
        "“{given}”以多余的 0 开头。请去掉开头的 0，例如把“0500”写成“500”；小数写成“0.5”。",
        "“{given}” starts with a superfluous 0. Write “500” instead of “0500”; decimals as “0.5”.",
    ),
    "money_too_precise": (
        "“{given}”精确到了分以下。金额最多到分：以元计最多两位小数，以万元计最多六位，"
        "例如“2999.999999 万元”；系统不做四舍五入。",
        "“{given}” is finer than one fen. At most two decimals of 元 or six of 万元, for example “2999.999999 万元”; "
        "nothing is rounded.",
    ),
    "money_too_large": (
        "“{given}”超过 10 万亿元的上限。请核对金额和单位，例如“1860 万元”。",
        "“{given}” is above the limit of 10 trillion yuan. Please check amount and unit, for example “1860 万元”.",
    ),
    "money_below_minimum": (
        "填写的是 {given}，此处不得少于 {limit}。请核对金额和单位。",
        "You entered {given}; at least {limit} is required here. Please check amount and unit.",
    ),
    "money_above_maximum": (
        "填写的是 {given}，此处不得超过 {limit}。请核对金额和单位。",
        "You entered {given}; at most {limit} is allowed here. Please check amount and unit.",
    ),
    "date_empty": ("请填写日期，例如“2024-08-07”。", "Please enter a date, for example “2024-08-07”."),
    "date_not_read": (
        "无法识别日期“{given}”。请按“2024-08-07”或“2024年8月7日”填写。",
        "“{given}” cannot be read as a date. Write it as “2024-08-07” or “2024年8月7日”.",
    ),
    "moment_not_read": (
        "无法识别日期和时间“{given}”。请按“2024-08-07 14:30”填写。",
        "“{given}” cannot be read as a day and time. Write it as “2024-08-07 14:30”.",
    ),
    "date_does_not_exist": (
        "日历上没有“{given}”这一天，请核对月份和日期，例如“2024-02-29”。",
        "“{given}” is not in the calendar. Please check month and day, for example “2024-02-29”.",
    ),
    "date_out_of_range": (
        "“{given}”不在允许的范围内。年份须在 {first} 至 {last} 之间，例如“2024-08-07”。",
        "“{given}” is out of range. The year must lie between {first} and {last}, for example “2024-08-07”.",
    ),
    "text_empty": (
        "填写的内容看上去是空白的，请填写文字。",
        "What you entered looks blank. Please enter some text.",
    ),
    "text_unstorable": (
        "文字中有无法保存的字符（空字符或不完整的字符）。请删除后重新输入该处文字。",
        "The text contains a character that cannot be stored (NUL or half of a character). Please retype that part.",
    ),
    "text_newline": (
        "此处只能填写一行，请去掉换行。",
        "Only one line fits here. Please remove the line breaks.",
    ),
    "text_control": (
        "文字中有控制字符 {character}。请删除后重新输入该处文字。",
        "The text contains the control character {character}. Please retype that part.",
    ),
    "text_invisible": (
        "文字中有看不见的字符 {character}（零宽字符或文字方向控制符）。请删除后重新输入该处文字。",
        "The text contains the invisible character {character} (zero-width or text direction). "
        "Please retype that part.",
    ),
    "text_too_long": (
        "填写了 {length} 个字，此处最多 {limit} 个字，请缩短。",
        "You entered {length} characters; at most {limit} fit here. Please shorten the text.",
    ),
}
