"""Sentences of the registry room."""

SENTENCES: dict[str, tuple[str, str]] = {
    "registry_code_length": (
        "统一社会信用代码“{given}”有{length}位，应为18位，请对照营业执照填写。",
        "The unified social credit code “{given}” has {length} characters, not 18; please copy it from the licence.",
    ),
    "registry_code_letter": (
        "统一社会信用代码“{given}”中的“{letter}”不是允许的字符：只用数字和除I、O、S、V、Z以外的大写字母，请对照营业执照核对。",
        "“{letter}” cannot occur in the unified social credit code “{given}”: only digits and capital letters without"
        " I, O, S, V, Z. Please compare it with the licence.",
    ),
    "registry_code_check_digit": (
        "统一社会信用代码“{given}”的校验位不对，其中有一位写错，请对照营业执照核对。",
        "The check digit of the unified social credit code “{given}” is wrong: some character is mistyped. Please"
        " compare it with the licence.",
    ),
    "registry_code_other_name": (
        "统一社会信用代码{given}与名称“{name}”不一致，请对照营业执照核对；企业已更名的，请联系市国资委更新登记。",
        "The credit code {given} does not belong to the name “{name}”. Please compare both with the licence; if the"
        " name has changed, tell the commission.",
    ),
    "registry_commission_code": (
        "国资委代码“{given}”须为1至12位大写字母或数字。",
        "The commission's code “{given}” must be one to twelve capital letters or digits.",
    ),
    "registry_short_name_taken": (
        "简称“{given}”已由本市另一家企业使用，请另取简称。",
        "The short name “{given}” already means another enterprise of this commission; please choose another.",
    ),
    "registry_parent_of_other_commission": (
        "上级企业“{given}”不属于本国资委。",
        "The parent “{given}” belongs to another commission.",
    ),
    "registry_name_same": (
        "名称已经是“{name}”，无需变更。",
        "The name already is “{name}”; nothing changes.",
    ),
    "registry_name_too_early": (
        "新名称的启用日期{given}须晚于现名称的启用日期{earliest}。",
        "The new name begins on {given}; it must begin after the present one, which began on {earliest}.",
    ),
    "registry_share_bounds": (
        "持股比例“{given}”须在0.01%至100%之间。",
        "A share of {given} basis points is not between 0.01 % and 100 %.",
    ),
    "registry_position_differs": (
        "{name}的{year}年度财务状况已登记为其他数额，不得覆盖；请办理更正。",
        "The {year} figures of {name} are already recorded and differ; they are never overwritten, file a correction.",
    ),
    "registry_calendar_years": (
        "日历年份须在{first}年至{last}年之间，且起始年份不晚于结束年份。",
        "Calendar years lie between {first} and {last}, the first not after the last.",
    ),
    "registry_calendar_gap": (
        "日历现有{first}年至{last}年，新增年份须与之相连。",
        "The calendar holds {first} to {last}; a new year must adjoin them.",
    ),
    "registry_calendar_year_missing": (
        "工作日历中还没有{year}年，请先生成该年日历。",
        "The calendar does not hold {year} yet; please add that year first.",
    ),
    "registry_calendar_keeper_only": (
        "只有系统管理员或规则管理员可以调整工作日历。",
        "Only the system administrator or a rule keeper may change the calendar of working days.",
    ),
    "registry_calendar_not_visible": (
        "没有您可以查看的工作日历。",
        "There is no calendar of working days you may see.",
    ),
}
