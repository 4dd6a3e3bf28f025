"""Which pages each role comes to by following links, and which addresses are no pages."""

ACTS_ONLY = {
    "set_language",
    "accounts:sign_out",
    "accounts:deactivate",
    "accounts:reset_password",
    "accounts:grant",
    "accounts:substitute",
    "accounts:revoke",
    "accounts:end_substitution",
    "accounts:confirm",
    "accounts:change_email",
    "accounts:set_up_second_factor",
    "accounts:renew_codes",
    "accounts:remove_second_factor",
    "accounts:remove_lost_factor",
    "accounts:end_session",
    "accounts:end_other_sessions",
    "documents:retry",
    "review:print_sheets",
    "desk:check_journal",
    "notices:open",
    "notices:read_all",
    "notices:read_some",
    "notices:hold",
    "notices:release",
    "accounts:create_people",
    "projects:settle_promise",
    "desk:reopen",
    "desk:claim",
    "desk:mark_read",
    "desk:save_view",
    "desk:delete_view",
    "desk:cancel_leave",
    "desk:publish_rule_draft",
    "desk:withdraw_rule_draft",
    "review:claim",
    "desk:retry_mail",
    "desk:retry_pdf",
    "projects:again",
    "projects:discard",
    "projects:uploads",
    "projects:piece",
    "projects:discard_upload",
    "projects:scans",
    "projects:scan_piece",
    "projects:discard_scan",
    "projects:live",
    "projects:registration_form",
    "registry:calendar_add_year",
    "registry:calendar_confirm_year",
    "registry:calendar_edit_day",
    "review:hand_over",
    "review:print_sheet",
    "review:recall",
    "core:money_reading",
    "past:store",
    "past:discard",
    "past:retry",
    "past:progress",
    "draws:check",
    "panel:act",
    "evaluations:add",
    "evaluations:take_back",
    "evaluations:method",
    "evaluations:freeze",
    "evaluations:withdraw_freeze",
    "evaluations:announce",
    "evaluations:numbers",
    "evaluations:hand_in",
    "evaluations:check",
    "evaluations:send_back",
    "evaluations:sign",
    "evaluations:deliver",
    "evaluations:acknowledge",
    "evaluations:withdraw_signature",
    "evaluations:reissue",
    "evaluations:drop_reissue",
    "panel:beat",
    "panel_case:answer",
    "panel_case:evidence",
    "panel_case:judgement",
    "seats:confirm",
    "seats:decline",
    "seats:declare",
    "seats:save",
    "seats:ask",
    "seats:large_type",
    "experts:account",
    "experts:propose",
    "experts:admit",
    "experts:refuse",
    "experts:remove",
    "experts:add_employer",
    "experts:end_employer",
    "experts:match_employer",
    "experts:add_conflict",
    "experts:end_conflict",
    "experts:suspend",
    "experts:lift",
    "experts:confirm_hit",
    "experts:refuse_hit",
    "experts:enter_recusal",
    "experts:withdraw_recusal",
    "experts:answer_recusal",
}
"""Addresses that only take a form, or answer a script."""
BEFORE_SIGNING_IN = {
    "accounts:sign_in",
    "accounts:code",
    "accounts:forgotten",
    "accounts:forgotten_sent",
    "accounts:new_password",
    "accounts:confirm_email",
}
ACCOUNT = {"accounts:profile", "accounts:password", "accounts:second_factor", "accounts:sessions", "notices:choices"}
EVERYBODY = {
    "desk:home",
    "desk:guide",
    "desk:guide_page",
    "notices:notices",
    "documents:verify",
    "rulebook:rule_sets",
    "rulebook:rule_set",
    "rulebook:paragraph",
    "registry:calendar",
    "core:source",
    *ACCOUNT,
}
WITH_LEAVE = EVERYBODY | {"desk:leave"}
"""Who holds a role that can be lent."""
CASES = EVERYBODY | {
    "desk:cases",
    "desk:case",
    "desk:readers",
    "projects:preview",
    "documents:document",
    "past:decision",
}
INSIDE = CASES | {"documents:numbers", "documents:versions"}
DRAWS = {"draws:list", "draws:draw"}
OVERVIEW = {"desk:overview", "desk:overview_list"}
AT_A_SEAT = {
    "desk:home",
    "desk:guide",
    "desk:guide_page",
    "notices:notices",
    *ACCOUNT,
    "core:source",
    "seats:desk",
    "seats:seat",
    "seats:signed",
    "seats:summary",
}
BATCHES = {"past:index", "past:batch"}
ENTERING = BATCHES | {"past:new", "past:upload", "past:attach", "past:check", "past:correct"}
SAMPLES = {
    f"evaluations:{page}"
    for page in (
        "due",
        "years",
        "year",
        "setup",
        "ceremony",
        "seal_sheet",
        "sample",
        "notices",
        "all_notices",
        "notice",
    )
}
SEEN_SAMPLES = SAMPLES - {"evaluations:notices", "evaluations:all_notices", "evaluations:notice"}
COURSES = {"evaluations:projects", "evaluations:project"}
SAMPLED = {"evaluations:mine", "evaluations:sample", "evaluations:notice"}
TAKEOVERS = {"review:takeovers", "review:takeover"}
WORKING = INSIDE | {"documents:failed", "review:task", "review:transfer", "review:circulate", "desk:leave"}
TOLD = {"projects:instructions"}
"""Who may be given a task by a leader."""
LED = TOLD | {"projects:instruction", "projects:case_instructions", "projects:agendas", "projects:agenda"}
SLIPS = {"projects:corrections", "projects:slip"}
HANDING_OVER = {"handover:people", "handover:plan"}
SENDING = {"notices:outbox"}
DRAFTED = {"desk:rule_drafts", "desk:rule_draft", "desk:replay_rule_draft", "rulebook:since"}
CALLING = SENDING | {"notices:calls"}
PAGES: dict[str, set[str]] = {
    "group_drafter": CASES
    | SAMPLED
    | {
        "projects:new_project",
        "projects:facts",
        "projects:investment",
        "projects:pledges",
        "projects:submission",
        "projects:materials",
        "review:task",
        "review:transfer",
        "review:circulate",
        "review:give_back",
        "review:urge",
        "desk:leave",
        "desk:submissions",
        "panel_case:panel",
        "experts:recusals",
    }
    | HANDING_OVER,
    "group_releaser": CASES
    | SAMPLED
    | HANDING_OVER
    | {"review:task", "review:transfer", "review:withdraw", "panel_case:panel"}
    | {"review:circulate", "review:urge", "desk:leave"}
    | {f"projects:{step}" for step in ("facts", "investment", "materials", "pledges", "submission")},
    "officer": CALLING
    | WORKING
    | LED
    | OVERVIEW
    | ENTERING
    | TAKEOVERS
    | SAMPLES
    | COURSES
    | {
        "desk:search",
        "experts:recusals",
        "past:upload_ongoing",
        "evaluations:withdraw",
        "desk:views",
        "desk:change_view",
        "review:give_back",
        "review:new_takeover",
        "desk:submissions",
        "documents:edit",
        "review:paper_list",
        "review:compare_paper",
        "review:paper",
        "review:return",
        "projects:phone_notes",
        "projects:incoming",
        "projects:questions",
        "panel_case:panel",
        "projects:corrections",
        "projects:slip",
        "review:remedy",
        "handover:sheet",
    }
    | HANDING_OVER,
    "head": CALLING
    | DRAFTED
    | WORKING
    | LED
    | OVERVIEW
    | DRAWS
    | BATCHES
    | TAKEOVERS
    | HANDING_OVER
    | SLIPS
    | SAMPLES
    | COURSES
    | {"review:paper_list", "review:compare_paper", "review:paper", "panel_case:panel", "handover:sheet"}
    | {"notices:mail"}
    | {"experts:pool", "experts:expert", "experts:queue", "experts:recusals"},
    "draw_operator": SENDING
    | WITH_LEAVE
    | TOLD
    | DRAWS
    | SEEN_SAMPLES
    | {"panel:panel", "experts:avoidance", "review:task", "documents:document"}
    | HANDING_OVER,
    "draw_supervisor": SENDING
    | WITH_LEAVE
    | TOLD
    | DRAWS
    | SEEN_SAMPLES
    | HANDING_OVER
    | {"panel:panel", "documents:document"},
    "panel_secretary": SENDING
    | WITH_LEAVE
    | TOLD
    | DRAWS
    | {"handover:people"}
    | {"panel:panel", "panel:members", "panel:print_sheet", "panel:enter_sheet", "documents:document"},
    "discipline": SENDING | WITH_LEAVE | TOLD | {"desk:cases", "panel:panel", "handover:people"},
    "pool_keeper": WITH_LEAVE | TOLD | {"experts:pool", "experts:expert", "experts:new_expert", "experts:edit_expert"},
    "expert_signed": AT_A_SEAT | {"seats:correct"},
    "expert_writing": AT_A_SEAT,
    "finance": SENDING
    | CASES - {"past:decision"}
    | WITH_LEAVE
    | TOLD
    | {"projects:instruction"}
    | {"panel_case:panel", "handover:people"},
    "evaluation_officer": SENDING
    | WITH_LEAVE
    | TOLD
    | SAMPLES
    | COURSES
    | {
        "evaluations:withdraw",
        "evaluations:leave_out",
        "documents:document",
        "documents:edit",
        "documents:versions",
        "documents:failed",
    },
    "document_officer": SENDING
    | {"notices:mail"}
    | WORKING
    | LED
    | {"review:paper_list", "review:compare_paper", "projects:phone_notes", "projects:incoming", "panel_case:panel"}
    | {"documents:start_series", "handover:people", "review:office", "review:seal", "review:paper"}
    | {"evaluations:all_notices", "evaluations:notices", "evaluations:notice"},
    "deputy": SENDING
    | WORKING
    | LED
    | OVERVIEW
    | DRAWS
    | SAMPLES
    | COURSES
    | {"review:signing", "review:signing_one"}
    | {"panel:new_round", "panel_case:panel", "review:takeover", "handover:people", "review:withdraw_signature"},
    "director": SENDING
    | INSIDE
    | LED
    | OVERVIEW
    | WITH_LEAVE
    | DRAWS
    | SAMPLES
    | COURSES
    | SLIPS
    | {"documents:failed", "panel_case:panel", "review:takeover", "handover:people", "review:signing"},
    "rule_keeper": WITH_LEAVE | TOLD | DRAFTED | {"desk:write_rule_draft"},
    "archivist": INSIDE | TOLD | WITH_LEAVE | ENTERING | SLIPS | {"evaluations:projects"},
    "auditor": INSIDE
    | DRAFTED
    | LED
    | OVERVIEW
    | DRAWS
    | SAMPLES
    | COURSES
    | BATCHES
    | TAKEOVERS
    | SLIPS
    | {"experts:pool", "experts:expert", "experts:avoidance", "panel:panel", "panel_case:panel"}
    | {"handover:people", "handover:sheet"},
    "system_admin": EVERYBODY | SENDING | {"desk:jobs", "notices:sms", "notices:windows"},
    "security_admin": WITH_LEAVE
    | {
        "accounts:people",
        "accounts:person",
        "accounts:new_person",
        "accounts:confirmations",
        "accounts:slips",
        "accounts:import_people",
        "accounts:imported_people",
    },
    "audit_admin": EVERYBODY | {"accounts:confirmations", "accounts:access_log"},
}
"""Which pages each role comes to by following links."""
