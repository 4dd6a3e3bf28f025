"""A case that is taken over with a panel that concluded on paper: what that panel asks for is tracked from now on."""

from datetime import datetime

from django.db import transaction

from experts.models import Condition
from investreview.projects.acting import Acting
from investreview.projects.models import Case, Takeover
from investreview.projects.services import taking_over
from investreview.projects.takeovers import TakeoverFacts


def take_over_case(*, acting: Acting, takeover: Takeover, facts: TakeoverFacts, at: datetime) -> Case:
    """The case goes on, and each condition of its panel on paper is a task of the enterprise, as of one drawn here.

    Their term runs from the delivery of the reply, or ends on the day that the paper states.
    Raises and Rule: as ``projects.services.taking_over.take_over_case``; DOMAIN §6, CONDITIONAL, and §16.
    Journal: case.take_over.
    """
    with transaction.atomic():
        case = taking_over.take_over_case(acting=acting, takeover=takeover, facts=facts, at=at)
        if facts.panel is not None:
            Condition.objects.bulk_create(
                Condition(case=case, ordinal=ordinal, text=text)
                for ordinal, text in enumerate(facts.panel.summary.conditions, 1)
            )
        return case
