"""The ways into the site for each role: one table, from which side navigation, phone bar and home desk are made."""

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from investreview.accounts.permissions import CONFIRMING_ROLES
from investreview.core.roles import CASE_READING_ROLES, ENTERPRISE_ROLES, Role
from investreview.documents.permissions import READING_ROLES, WRITING_ROLES
from investreview.projects.permissions import ENTERING_ROLES

EVERYBODY = frozenset(Role)
CASE_ROLES = CASE_READING_ROLES | ENTERPRISE_ROLES | {Role.COUNTERSIGNER, Role.DOCUMENT_OFFICER, Role.ARCHIVIST}


@dataclass(frozen=True)
class Way:
    """One way: its name, where it leads, who has it; ``also`` names further pages that belong to it."""

    label: Promise
    help: Promise
    view: str
    icon: str
    roles: frozenset[Role]
    also: frozenset[str] = field(default=frozenset())
    count: str = ""
    is_on_phone: bool = False


@dataclass(frozen=True)
class Section:
    """Ways under one heading."""

    heading: Promise
    ways: tuple[Way, ...]


SECTIONS = (
    Section(
        _("工作台"),
        (
            Way(
                _("我的待办"),
                _("等您办理的事项、您办过的和您发起的办件。"),
                "desk:home",
                "tasks",
                EVERYBODY,
                frozenset({"review:task", "review:transfer", "review:paper"}),
                count="tasks",
                is_on_phone=True,
            ),
            Way(
                _("通知"),
                _("系统给您的提醒和消息。"),
                "notices:notices",
                "bell",
                EVERYBODY,
                count="unread",
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
                frozenset({"desk:case", "desk:submissions", "projects:facts", "projects:materials"}),
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
                _("线下签批核对"),
                _("他人回录的纸面签批，由您对照原件核对后生效。"),
                "review:paper_list",
                "pen",
                ENTERING_ROLES,
                frozenset({"review:compare_paper"}),
                is_on_phone=True,
            ),
        ),
    ),
    Section(
        _("文书"),
        (
            Way(
                _("编号登记簿"),
                _("各系列已用的编号，含作废的编号和理由。"),
                "documents:numbers",
                "document",
                READING_ROLES,
            ),
            Way(
                _("生成失败的文件"),
                _("没有生成成功的 PDF，可以重新生成。"),
                "documents:failed",
                "warning",
                WRITING_ROLES | {Role.SYSTEM_ADMIN},
            ),
            Way(_("文件核验"), _("核对系统副本上的核验码。"), "documents:verify", "search", EVERYBODY),
        ),
    ),
    Section(
        _("规则"),
        (
            Way(
                _("规则集"),
                _("分档、材料、期限和签批链的依据，逐条可查。"),
                "rulebook:rule_sets",
                "scales",
                EVERYBODY,
                frozenset({"rulebook:rule_set", "rulebook:paragraph"}),
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
                _("未发出的邮件"),
                _("发送失败的邮件，可以重新发送。"),
                "notices:outbox",
                "warning",
                frozenset({Role.SYSTEM_ADMIN}),
                is_on_phone=True,
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
