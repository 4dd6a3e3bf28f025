"""Sentences for office tables: what an import found in a file that somebody sent."""

SENTENCES: dict[str, tuple[str, str]] = {
    "table_kind": (
        "导入只读取 Excel 工作簿（.xlsx）和 CSV 文件（.csv）；请在 Excel 或 WPS 中另存为 .xlsx 后再上传。",
        "An import reads Excel workbooks (.xlsx) and CSV files (.csv); save the table as .xlsx in Excel or WPS and "
        "upload it again.",
    ),
    "table_encoding": (
        "无法识别该 CSV 文件的文字编码；请另存为 .xlsx，或者选“CSV UTF-8”另存后再上传。",
        "The encoding of the CSV file is not known; save it as .xlsx or as “CSV UTF-8” and upload it again.",
    ),
    "table_not_text": (
        "该文件不是文本表格；请另存为 .xlsx 或 .csv 后再上传。",
        "The file is no table of text; save it as .xlsx or .csv and upload it again.",
    ),
    "table_csv_broken": (
        "CSV 文件第 {row} 行的引号不成对，或者一格过长；请另存为 .xlsx 后再上传。",
        "In row {row} of the CSV file the quotes do not match, or a cell is too long; save it as .xlsx and upload it "
        "again.",
    ),
    "table_too_large": (
        "表格展开后超过 {limit} MB。请删除数据以下的空行和格式（选中多余的行，右键“删除”），保存后再上传。",
        "Unpacked, the table is larger than {limit} MB. Delete the empty, formatted rows below the data, save and "
        "upload it again.",
    ),
    "table_too_many_rows": (
        "一次最多导入 {limit} 行；请分成几个文件导入。",
        "At most {limit} rows can be imported at once; divide the table into several files.",
    ),
    "table_sheet_hidden": (
        "工作表“{sheet}”被隐藏；请取消隐藏、核对内容后再上传。",
        "The sheet “{sheet}” is hidden; show it, check what it holds and upload it again.",
    ),
    "table_sheet_unknown": (
        "工作簿中有几张可见的工作表：{found}。请把要导入的一张命名为“{sheet}”，或者只保留这一张。",
        "The workbook has several visible sheets: {found}. Name the one to import “{sheet}”, or keep only that one.",
    ),
    "table_no_header": (
        "在“{sheet}”前 30 行中没有找到表头。表头一行应当有：{titles}。请使用模板。",
        "No header was found in the first 30 rows of “{sheet}”. It should hold: {titles}. Please use the blank table.",
    ),
    "table_title_twice": (
        "第 {row} 行表头中有重复的列：{titles}。请删除或改名，每列只留一个。",
        "The header in row {row} names columns twice: {titles}. Delete or rename them, so that each stands once.",
    ),
    "table_titles_missing": (
        "第 {row} 行表头缺少必需的列：{titles}。请补上，列名与模板一致。",
        "The header in row {row} lacks columns that are needed: {titles}. Add them, named as in the blank table.",
    ),
    "table_row_hidden": (
        "该行被隐藏或者被筛选掉；请取消隐藏和筛选，核对后保留或删除该行。",
        "The row is hidden or filtered out; show it, then keep it or delete it.",
    ),
    "table_column_hidden": (
        "该列被隐藏；请取消隐藏、核对内容后再上传。",
        "The column is hidden; show it, check what it holds and upload it again.",
    ),
    "table_merged": (
        "单元格 {range} 是合并的，只有左上角一格有内容；请取消合并，逐行填写。",
        "The cells {range} are merged, so that only the first holds something; unmerge them and fill each row.",
    ),
    "table_formula": (
        "该格是公式（显示为 {shown}）；公式的结果随时会变，请复制后“选择性粘贴—数值”。",
        "The cell is a formula (it shows {shown}), whose result may change; copy it and paste it as a value.",
    ),
    "table_error_value": (
        "该格的值是 Excel 的错误 {given}；请改正。",
        "The cell holds Excel's error {given}; correct it.",
    ),
    "table_cell_empty": (
        "此列必填，该格为空。",
        "This column must be filled; the cell is empty.",
    ),
    "table_number_for_date": (
        "该格是数字 {given}，不是日期；请把单元格格式设为日期，或者填写为“2024-08-07”。",
        "The cell is the number {given}, not a date; format it as a date or write it as “2024-08-07”.",
    ),
    "table_date_for_other": (
        "该格被 Excel 存为日期 {given}，看不出原来填写的内容；请把单元格格式设为“文本”后重新填写。",
        "Excel has stored the cell as the date {given}, so that nobody knows what was typed; format it as text and "
        "type it again.",
    ),
    "table_boolean": (
        "该格是逻辑值 {given}；请填写文字或数字。",
        "The cell is the truth value {given}; write a text or a number.",
    ),
    "table_number_too_long": (
        "该格存为数字 {given}，超过 15 位的部分已被 Excel 改为 0；请把单元格格式设为“文本”后重新填写。",
        "The cell is stored as the number {given}; Excel has replaced what is beyond 15 digits by zeros. Format it as "
        "text and type it again.",
    ),
    "table_not_whole": (
        "“{given}”不是 {first} 至 {last} 之间的整数。",
        "“{given}” is no whole number from {first} to {last}.",
    ),
    "table_not_a_choice": (
        "“{given}”不在可选的内容之中；可以填写：{options}。",
        "“{given}” is none of the words to choose from: {options}.",
    ),
}
