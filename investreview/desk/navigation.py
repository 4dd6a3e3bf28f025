"""The ways into the site for each role: one table, from which side navigation, phone bar and home desk are made."""

from django.utils.translation import gettext_lazy as _

from experts.permissions import POOL_READERS
from investreview.accounts.permissions import CONFIRMING_ROLES
from investreview.accounts.rules import SUBSTITUTED_ROLES
from investreview.core.roles import (
    DECIDING_ROLES,
    ENTERPRISE_ROLES,
    PANEL_ROLES,
    SIGNING_ROLES,
    Role,
)
from investreview.desk.overview.permissions import OVERVIEW_ROLES
from investreview.desk.ways import CASE_PAGES, CASE_ROLES, EVERYBODY, INSTRUCTED_ROLES, YEAR_PAGES, Section, Way
from investreview.documents.permissions import NOTICE_WRITING_ROLES, REGISTER_ROLES, WRITING_ROLES
from investreview.draws.permissions import READING_ROLES
from investreview.evaluations.permissions import NOTICE_ROLES, SEEING_ROLES
from investreview.notices.permissions import CALLING_ROLES
from investreview.projects.agendas import AGENDA_READERS
from investreview.projects.past.permissions import BATCH_READERS
from investreview.projects.permissions import ENTERING_ROLES, TAKEOVER_READERS
from investreview.rulebook.permissions import DRAFT_READERS

SECTIONS = (
    Section(
        _("专家端"),
        (
            Way(
                _("论证与评审"),
                _("等您答复、声明、评分和签名的论证。"),
                "seats:desk",
                "tasks",
                frozenset({Role.EXPERT}),
                frozenset({"seats:seat", "seats:summary", "seats:correct", "review:task"}),
                count="tasks",
                is_on_phone=True,
            ),
            Way(
                _("我的评审意见"),
                _("您签过名的评分表。"),
                "seats:signed",
                "pen",
                frozenset({Role.EXPERT}),
                is_on_phone=True,
            ),
        ),
    ),
    Section(
        _("领导"),
        (
            Way(
                _("今日待签"),
                _("等您签批的事项，呈批表和签发在一页上。"),
                "review:signing",
                "pen",
                SIGNING_ROLES,
                frozenset({"review:signing_one"}),
                count="to_sign",
                is_on_phone=True,
            ),
        ),
    ),
    Section(
        _("工作台"),
        (
            Way(
                _("监管总览"),
                _("备案、二次论证、抽查、用时和超期的数字，每个数字都能打开它的清单。"),
                "desk:overview",
                "home",
                OVERVIEW_ROLES,
                frozenset({"desk:overview_list"}),
                is_on_phone=True,
            ),
            Way(
                _("我的待办"),
                _("等您办理的事项、您办过的和您发起的办件。"),
                "desk:home",
                "tasks",
                EVERYBODY,
                frozenset(
                    {
                        "review:task",
                        "review:transfer",
                        "review:give_back",
                        "review:paper",
                        "desk:views",
                        "desk:change_view",
                    }
                ),
                count="tasks",
                is_on_phone=True,
            ),
            Way(
                _("通知"),
                _("系统给您的提醒和消息。"),
                "notices:notices",
                "bell",
                EVERYBODY | {Role.EXPERT},
                frozenset({"notices:mail"}),
                count="unread",
                is_on_phone=True,
            ),
            Way(
                _("使用手册"),
                _("本岗位的办理步骤、提示的含义和常见差错，附图。"),
                "desk:guide",
                "document",
                EVERYBODY | {Role.EXPERT},
                frozenset({"desk:guide_page"}),
            ),
            Way(
                _("休假与代办"),
                _("登记本人休假、拟请代办人，查看本处室谁休假、谁代办。"),
                "desk:leave",
                "calendar",
                SUBSTITUTED_ROLES | {Role.SECURITY_ADMIN},
            ),
            Way(
                _("电话催办名单"),
                _("期限提醒无人阅读的人员、电话和事项，可打印逐个打勾。"),
                "notices:calls",
                "people",
                CALLING_ROLES,
            ),
        ),
    ),
    Section(
        _("督办"),
        (
            Way(
                _("批示督办"),
                _("领导批示交办的事项：承办、报告、审阅和办结。"),
                "projects:instructions",
                "journal",
                INSTRUCTED_ROLES,
                frozenset({"projects:instruction", "projects:case_instructions"}),
                count="instructions",
                is_on_phone=True,
            ),
        ),
    ),
    Section(
        _("投资监管"),
        (
            Way(
                _("办件"),
                _("您可以查看的全部办件，可按编号、项目、企业和状态查找。"),
                "desk:cases",
                "folder",
                CASE_ROLES,
                CASE_PAGES,
                is_on_phone=True,
            ),
            Way(
                _("新建申报"),
                _("为本企业的投资项目建立一个办件。"),
                "projects:new_project",
                "plus",
                frozenset({Role.ENTERPRISE_DRAFTER}),
                is_on_phone=True,
            ),
            Way(
                _("抽取统计"),
                _("全部随机抽取：编号、结果、证据文件和链的核验。"),
                "draws:list",
                "chart",
                READING_ROLES,
                frozenset({"draws:draw", "draws:check", "panel:panel"}),
            ),
            Way(
                _("线下签批核对"),
                _("他人回录的纸面签批，由您对照原件核对后生效。"),
                "review:paper_list",
                "pen",
                ENTERING_ROLES,
                frozenset({"review:compare_paper"}),
                is_on_phone=True,
            ),
            Way(
                _("历史补录"),
                _("系统启用以前在纸面上决定的项目：逐项录入或者导入台账，由另一人核对。"),
                "past:index",
                "folder",
                BATCH_READERS,
                frozenset({"past:new", "past:upload", "past:batch", "past:check", "past:attach", "past:correct"}),
            ),
            Way(
                _("在途接续"),
                _("系统启用时正在纸面上办理的项目，从所在环节接着办。"),
                "review:takeovers",
                "pen",
                TAKEOVER_READERS,
                frozenset({"review:new_takeover", "review:takeover", "past:upload_ongoing"}),
            ),
            Way(
                _("工作交接"),
                _("把一个人手上的全部工作一次交给接手的人，并出具交接单。"),
                "handover:people",
                "people",
                DECIDING_ROLES | PANEL_ROLES | ENTERPRISE_ROLES,
                frozenset({"handover:plan", "handover:sheet"}),
            ),
        ),
    ),
    Section(
        _("专家库"),
        (
            Way(
                _("专家"),
                _("专家的资格、任职、利害关系和任期，按库查找。"),
                "experts:pool",
                "people",
                POOL_READERS,
                frozenset({"experts:expert", "experts:new_expert", "experts:edit_expert"}),
                is_on_phone=True,
            ),
            Way(
                _("入库与回避审核"),
                _("等您审核的入库申请、命中排除和企业回避申请。"),
                "experts:queue",
                "key",
                frozenset({Role.OFFICE_HEAD}),
            ),
        ),
    ),
    Section(
        _("后评价"),
        (
            Way(
                _("到期项目"),
                _("应当开展后评价的项目及其情形，由系统按规则集查找。"),
                "evaluations:due",
                "calendar",
                SEEING_ROLES,
                frozenset({"evaluations:projects", "evaluations:project", "evaluations:withdraw"}),
            ),
            Way(
                _("项目节点"),
                _("登记已决定项目的竣工、投运、交割、终止、决算等情形。"),
                "evaluations:projects",
                "pen",
                frozenset({Role.ARCHIVIST}),
                frozenset({"evaluations:project", "evaluations:withdraw"}),
            ),
            Way(
                _("年度抽样"),
                _("年度抽样范围、方法比较、抽取和公布的名单。"),
                "evaluations:years",
                "chart",
                SEEING_ROLES,
                YEAR_PAGES,
                is_on_phone=True,
            ),
            Way(
                _("抽查通知"),
                _("发给被抽查企业的通知：审核、签发、送达和签收。"),
                "evaluations:all_notices",
                "document",
                NOTICE_ROLES,
                frozenset({"evaluations:notices", "evaluations:notice"}),
            ),
            Way(
                _("后评价抽查"),
                _("本集团被抽中的项目和收到的抽查通知。"),
                "evaluations:mine",
                "chart",
                ENTERPRISE_ROLES,
                frozenset({"evaluations:notice", "evaluations:sample"}),
            ),
        ),
    ),
    Section(
        _("文书"),
        (
            Way(
                _("公文办理"),
                _("核稿、用印、原件回收和送达，每件一页办完。"),
                "review:office",
                "tasks",
                frozenset({Role.DOCUMENT_OFFICER}),
                frozenset({"review:seal"}),
                is_on_phone=True,
            ),
            Way(
                _("会议材料"),
                _("会议的议题清单，和每个议题全部材料汇成的一册。"),
                "projects:agendas",
                "document",
                AGENDA_READERS,
                frozenset({"projects:agenda"}),
            ),
            Way(
                _("编号登记簿"),
                _("各系列已用的编号，含作废的编号和理由。"),
                "documents:numbers",
                "document",
                REGISTER_ROLES,
                frozenset({"documents:start_series"}),
            ),
            Way(
                _("生成失败的文件"),
                _("没有生成成功的 PDF，可以重新生成。"),
                "documents:failed",
                "warning",
                WRITING_ROLES | NOTICE_WRITING_ROLES,
            ),
            Way(_("文件核验"), _("核对系统副本上的核验码。"), "documents:verify", "search", EVERYBODY),
        ),
    ),
    Section(
        _("规则"),
        (
            Way(
                _("制度规则"),
                _("分档、材料、期限和签批链的依据，逐条可查。"),
                "rulebook:rule_sets",
                "scales",
                EVERYBODY,
                frozenset({"rulebook:rule_set", "rulebook:paragraph", "rulebook:since"}),
            ),
            Way(
                _("规则草案"),
                _("新规则集的草案：上传、比对、对以往项目试算，由处长发布。"),
                "desk:rule_drafts",
                "pen",
                DRAFT_READERS,
                frozenset({"desk:rule_draft", "desk:write_rule_draft", "desk:replay_rule_draft"}),
            ),
            Way(_("工作日历"), _("计算期限所用的工作日和休息日。"), "registry:calendar", "calendar", EVERYBODY),
        ),
    ),
    Section(
        _("管理"),
        (
            Way(
                _("人员与授权"),
                _("建立账号、授予和收回角色、登记代办授权。"),
                "accounts:people",
                "people",
                frozenset({Role.SECURITY_ADMIN}),
                frozenset({"accounts:person", "accounts:new_person"}),
                is_on_phone=True,
            ),
            Way(
                _("授权确认"),
                _("须由两人办理的授权，等待第二人确认。"),
                "accounts:confirmations",
                "key",
                CONFIRMING_ROLES,
                is_on_phone=True,
            ),
            Way(
                _("后台任务"),
                _("后台进程是否运行，等待、失败和停滞的事项，可以重试。"),
                "desk:jobs",
                "warning",
                frozenset({Role.SYSTEM_ADMIN}),
                is_on_phone=True,
            ),
            Way(
                _("待发邮件"),
                _("尚未发出的邮件：收件人、类别和状态，不显示内容。"),
                "notices:outbox",
                "document",
                frozenset({Role.SYSTEM_ADMIN}),
                frozenset({"notices:windows"}),
            ),
            Way(
                _("短信文件"),
                _("提取等待发送的短信，交短信平台发送。"),
                "notices:sms",
                "bell",
                frozenset({Role.SYSTEM_ADMIN}),
            ),
            Way(
                _("访问日志"),
                _("登录、拒绝访问、下载和审计查阅的记录。"),
                "accounts:access_log",
                "journal",
                frozenset({Role.AUDIT_ADMIN}),
                is_on_phone=True,
            ),
        ),
    ),
)


def sections_for(roles: frozenset[Role]) -> list[tuple[Section, list[Way]]]:
    """The sections in which somebody with these roles has a way."""
    found = ((section, [way for way in section.ways if way.roles & roles]) for section in SECTIONS)
    return [(section, ways) for section, ways in found if ways]
