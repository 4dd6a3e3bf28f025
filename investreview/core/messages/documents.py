"""Sentences of the documents room: letters, forms, numbers, PDFs, delivery, verification."""

SENTENCES: dict[str, tuple[str, str]] = {
    "documents_sample_not_said": (
        "抽查通知须写明“后评价抽查”和报送“自评价报告”的要求，请补上。",
        "A sample notice names the spot check (后评价抽查) and asks for the self-evaluation (自评价报告); add both.",
    ),
    "documents_may_not_read": (
        "您没有查阅这份文件的权限。如需查阅，请联系承办处室。",
        "You may not read this document. Please ask the office in charge.",
    ),
    "documents_may_not_issue": (
        "您的岗位不能出具这类文书。请由经办处室或申报企业出具。",
        "Your role may not issue this kind of paper. The office in charge or the enterprise does.",
    ),
    "documents_may_not_write": (
        "您的岗位不能修改文稿。文稿由经办、处长、办公室或委领导修改。",
        "Your role may not change this wording. The officer, the head, the document office and the leaders may.",
    ),
    "documents_may_not_sign": (
        "您不能签发这份文件。文件由委领导本人签发；纸面签批由处室或办公室回录。",
        "You may not sign this document. A leader signs in person; a paper signature is entered by the office.",
    ),
    "documents_may_not_number": (
        "您的岗位不能办理编号。请由办公室办理。",
        "Your role may not handle numbers. Please ask the document office.",
    ),
    "documents_may_not_dispatch": (
        "用印、送达、更正和作废由办公室办理。",
        "Sealing, delivery, correction and voiding are done by the document office.",
    ),
    "documents_may_not_archive": (
        "归档由档案人员或办公室办理。",
        "The archivist or the document office closes the file.",
    ),
    "documents_may_not_acknowledge": (
        "这份文件现在不能由您签收。签收由收文企业的申报或报送人员办理，已作废的文件不再签收。",
        "You cannot acknowledge this document now. The receiving enterprise does; a void document is not acknowledged.",
    ),
    "documents_may_not_retry": (
        "您的岗位不能重新生成文件。请联系经办处室或系统管理员。",
        "Your role may not make the file again. Please ask the office in charge or the system administrator.",
    ),
    "documents_wrong_state": (
        "《{title}》的状态是“{state}”，不能办理此事项。请刷新页面后按当前状态办理。",
        "“{title}” is “{state}”; this cannot be done now. Reload the page and go on from there.",
    ),
    "documents_letter_exists": (
        "该事项已有一份{kind}在办。请在原稿上修改，或先作废原稿。",
        "This case already has a letter of this kind ({kind}). Edit it, or discard it first.",
    ),
    "documents_kind_changed": (
        "原稿是{kind}，不能改成另一文种。请作废原稿后另行起草。",
        "The draft is a letter of another kind ({kind}). Discard it and draft anew.",
    ),
    "documents_wording_stale": (
        "您打开文稿之后，{who}已保存第{ordinal}版。两份文字都列在下方，请对照后以新版为底稿重新保存。",
        "{who} saved version {ordinal} after you opened the draft. Compare both texts below and save on the new one.",
    ),
    "documents_version_not_newest": (
        "文稿已由{who}改为第{ordinal}版，与您看到的不同。请阅读新版后再办理。",
        "{who} has saved version {ordinal}; it is not the one you read. Please read it first.",
    ),
    "documents_hash_differs": (
        "文稿内容与您阅读时不一致，未签发。请刷新页面，阅读后重新签发。",
        "The text is not the one that you read; nothing was signed. Reload, read and sign again.",
    ),
    "documents_locked_changed": (
        "下列内容由系统带出，不能在文稿中修改：{names}。请恢复；事实有误的，请退回更正申报信息。",
        "These come from the record: {names}. Restore them, or return the case for correction.",
    ),
    "documents_placeholder_broken": (
        "“{given}”附近的 ⟦ ⟧ 没有成对。请补全，或删除多余的括号。",
        "Near “{given}” the brackets ⟦ ⟧ are not a pair. Complete or remove them.",
    ),
    "documents_placeholder_unknown": (
        "⟦{given}⟧ 不是本文稿的锁定字段。可用的字段：{names}。",
        "⟦{given}⟧ is no locked field of this letter. Its fields are {names}.",
    ),
    "documents_placeholder_missing": (
        "文稿中缺少 {names}。请放回原处，发文时由系统填入内容。",
        "{names} is missing from the text. Put it back; the system fills it in.",
    ),
    "documents_filing_says_approved": (
        "备案复函不得使用“批准”。请改为“予以备案”。",
        "A filing is never called an approval (批准). Write 予以备案.",
    ),
    "documents_filing_not_said": (
        "备案复函须写明“予以备案”。请补充。",
        "The reply must say 予以备案. Please add it.",
    ),
    "documents_endorsement_not_excluded": (
        "备案复函须写明备案“不代表对项目可行性、收益和风险的认可”。请恢复这句话。",
        "The reply must say that filing endorses neither feasibility nor return nor risk. Restore that sentence.",
    ),
    "documents_refusal_not_said": (
        "复函须写明“不予备案”。请补充。",
        "The reply must say 不予备案. Please add it.",
    ),
    "documents_review_not_said": (
        "二次论证复函须写明进行了“二次论证”和“论证结论”。请补充。",
        "The reply must tell of the second review (二次论证) and its conclusion (论证结论). Please add them.",
    ),
    "documents_names_in_public_record": (
        "公开版只列编号，但依据、理由或者确认方式中写有专家姓名或者单位（{count}处）。请改为编号后再出具。",
        "The public record shows numbers only, but a basis, reason or way names {count} persons or employers. "
        "Write their numbers instead.",
    ),
    "documents_names_in_excerpt": (
        "送企业文本不得指名，但意见、条件、质询或者不同意见中写有专家姓名：{names}。请改写后再出具。",
        "The text for the enterprise names nobody, but these members are named in it: {names}. Please reword it.",
    ),
    "documents_not_for_enterprise": (
        "{kind}只供国资委内部使用，不送达企业。",
        "Papers of this kind ({kind}) stay inside the commission and are not delivered.",
    ),
    "documents_text_not_storable": (
        "文字中有无法保存的字符。请删除从其他软件粘贴来的特殊符号后重试。",
        "The text holds a character that cannot be stored. Remove special signs pasted from elsewhere.",
    ),
    "documents_series_label": (
        "编号格式“{given}”无法使用。格式中须各有一个 {{year}} 和 {{n}}，例如 连国资函〔{{year}}〕{{n}}号。",
        "The label “{given}” cannot be used. It needs {{year}} and {{n}} once each, e.g. 连国资函〔{{year}}〕{{n}}号.",
    ),
    "documents_series_differs": (
        "编号系列 {series} 已按另外的设置启用，不能改动。请另设系列。",
        "The series {series} is already in use with other settings. Please set up another one.",
    ),
    "documents_series_unknown": (
        "没有编号系列 {series}。请由系统管理员先设置。",
        "There is no series {series}. The system administrator sets it up.",
    ),
    "documents_series_entered": (
        "编号系列 {series} 按办公室登记簿录入，系统不自动取号。",
        "Numbers of {series} are entered from the office's register; the system gives none.",
    ),
    "documents_series_own": (
        "编号系列 {series} 由系统自动取号，不能录入。",
        "Numbers of {series} are given by the system and cannot be entered.",
    ),
    "documents_number_shape": (
        "“{given}”不符合编号格式。应类似：{example}（六角括号〔〕，序号前不补零）。",
        "“{given}” is not shaped like a number of this series. It should look like {example}.",
    ),
    "documents_number_taken": (
        "编号“{given}”已经使用（含作废）。请核对办公室登记簿。",
        "The number “{given}” is already used or void. Please check the office's register.",
    ),
    "documents_number_not_old": (
        "编号“{given}”不在系统起始号之前：系列 {series} 下一个号是 {next}。"
        "请核对；若纸面已编到该号，请办公室先设置起始号。",
        "“{given}” does not lie before the numbers of this system: series {series} gives {next} next. Check it; if the "
        "paper register has come that far, let the document office set the start value first.",
    ),
    "documents_series_begun": (
        "该系列 {year} 年的编号已经确定从 {next} 号继续，起始号只能在首次使用之前设置一次。",
        "The series goes on with {next} in {year} already; a start value is set once, before the first number.",
    ),
    "documents_series_year": (
        "不能为 {given} 年设置起始号；可以设置 {first} 年至下一年度。",
        "No start value can be set for {given}; it can from {first} to next year.",
    ),
    "documents_series_first": (
        "起始号“{given}”须在 2 至 {most} 之间；从 1 号开始的不需要设置。",
        "The start value {given} must lie between 2 and {most}; a series that begins with 1 needs none.",
    ),
    "documents_number_year": (
        "编号“{given}”的年份与成文年度 {year} 不一致。请核对。",
        "The year of “{given}” is not {year}, the year of the document. Please check.",
    ),
    "documents_number_unknown": (
        "登记簿中没有编号“{given}”。",
        "The register has no number “{given}”.",
    ),
    "documents_number_void": (
        "编号“{given}”已经作废。",
        "The number “{given}” is already void.",
    ),
    "documents_number_has_document": (
        "编号“{given}”已用于一份文件。请作废该文件，编号随之作废并保留在登记簿中。",
        "The number “{given}” belongs to a document. Void the document; the number stays in the register.",
    ),
    "documents_registration_series": (
        "备案复函签发时须同时取得备案登记号，不予备案复函不取登记号。请检查文种。",
        "A filing takes its registration number when it is signed; a refusal takes none. Check the kind of letter.",
    ),
    "documents_code_missing": (
        "这份表格没有版本码，不能出具。请刷新页面后重新打印。",
        "This form has no version code and cannot be issued. Reload the page and print it again.",
    ),
    "documents_not_issued": (
        "文件尚未编号，不能生成系统副本或者送企业文本。",
        "The document has no number yet; there is no system copy or excerpt of it.",
    ),
    "documents_content_changed": (
        "文件内容与保存时的摘要不一致，未生成。请立即联系系统管理员核查操作日志。",
        "The stored content no longer fits its hash; nothing was made. Ask the administrator at once.",
    ),
    "documents_rendition_not_failed": (
        "这份文件没有生成失败，不需要重新生成。",
        "This file has not failed; there is nothing to make again.",
    ),
    "documents_sealed_kind": (
        "用印原件应为扫描的 PDF 或 OFD，收到的是{kind}。请转换后上传。",
        "The sealed original is a scan (PDF) or OFD; this is {kind}. Please convert it.",
    ),
    "documents_sealed_before_date": (
        "用印日期早于成文日期 {dated_on}。请核对。",
        "The seal is dated before the document ({dated_on}). Please check.",
    ),
    "documents_delivery_before_signature": (
        "送达时间早于签发时间。请核对。",
        "The delivery is before the signature. Please check.",
    ),
    "documents_delivery_in_future": (
        "送达时间晚于现在。请在送达之后登记。",
        "The delivery lies in the future. Record it once it has taken place.",
    ),
    "documents_correction_not_issued": (
        "更正函尚未签发编号。请先完成更正函，再登记更正。",
        "The correcting letter is not issued yet. Finish it first.",
    ),
    "documents_verify_shape": (
        "无法识别。请粘贴二维码文字，或按“编号 | 日期 | 十六位摘要 | 核验码”录入，各部分用竖线隔开。",
        "This cannot be read. Paste the QR text, or type number | date | 16 hex digits | check code with bars between.",
    ),
    "documents_correction_not_said": (
        "更正函须写明“更正”。请补充。",
        "A correction letter must say 更正. Please add it.",
    ),
    "documents_may_not_withdraw": (
        "签发只能由签发人本人撤回；由他人代签的，委托人也可以撤回。",
        "A signature is taken back by its signer, or by the leader in whose name it was given.",
    ),
    "documents_already_sealed": (
        "《{title}》已经用印，不能撤回签发。内容有误的，请办理更正函或者作废重发。",
        "“{title}” is sealed; the signature cannot be taken back. Use a correction letter, or void and reissue it.",
    ),
    "documents_remedy_too_early": (
        "《{title}》尚未用印。用印之前由签发人撤回签发，不办更正函和作废重发。",
        "“{title}” is not sealed yet. Before the seal the signer takes the signature back instead.",
    ),
    "documents_replacement_not_delivered": (
        "重发的复函尚未送达，原复函不能作废。请先完成重发复函的用印送达。",
        "The new letter is not delivered yet, so the old one stays. Deliver the new letter first.",
    ),
}
