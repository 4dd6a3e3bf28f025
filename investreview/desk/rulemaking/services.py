"""A draft is saved or published, and whoever comes next is told."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from investreview.accounts.selectors import users_holding
from investreview.core.roles import Role
from investreview.desk.selectors.viewing import Viewer
from investreview.notices.services import notify_each
from investreview.registry.models import Commission
from investreview.rulebook.models import RuleSet
from investreview.rulebook.services import draft_rule_set, publish_rule_set


def save_draft(*, commission: Commission, content: bytes, base: str, viewer: Viewer) -> RuleSet:
    """The draft is saved; once for each draft the office heads are told that it waits for one of them.

    Raises: what ``draft_rule_set`` raises. Journal: rule_set.draft
    """
    with transaction.atomic():
        actor = viewer.user.as_actor()
        draft = draft_rule_set(
            commission=commission, content=content, base=base, scope=viewer.scope, actor=actor, at=viewer.at
        )
        heads = [one for one in users_holding(Role.OFFICE_HEAD, commission.path, at=viewer.at) if one != viewer.user]
        notify_each(
            users=heads,
            text=lambda: _("规则集 %(code)s 有了草案，请核对比对和试算；无误的，由处长发布。") % {"code": draft.code},
            url=reverse("desk:rule_draft", args=[draft.pk]),
            dedupe_key=f"rule_set:{draft.pk}:drafted",
            at=viewer.at,
        )
        return draft


def publish_draft(*, draft: RuleSet, sha256: str, viewer: Viewer) -> RuleSet:
    """The draft is law from its first day on; who drafted it is told.

    Raises: what ``publish_rule_set`` raises. Journal: rule_set.publish
    """
    with transaction.atomic():
        published = publish_rule_set(
            commission=draft.commission,
            code=draft.code,
            sha256=sha256,
            scope=viewer.scope,
            actor=viewer.user.as_actor(),
            at=viewer.at,
        )
        notify_each(
            users=[published.drafted_by] if published.drafted_by is not None else [],
            text=lambda: _("您起草的规则集 %(code)s 已发布，自其施行日期起施行。") % {"code": published.code},
            url=reverse("rulebook:rule_set", args=[published.code]),
            dedupe_key=f"rule_set:{published.pk}:published",
            at=viewer.at,
        )
        return published
