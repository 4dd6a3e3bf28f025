"""The page of materials: one card a slot with its forms, and the form that spreads one file over several slots."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from investreview.core.errors import Invalid
from investreview.core.templatetags.ir import file_size
from investreview.projects.forms.materials import PagesForm, PromiseForm, StampedFormUpload, UploadForm
from investreview.projects.slots import Materials, Slot
from investreview.rulebook.vocabulary import Level

MEGABYTE = 1024 * 1024


@dataclass
class SlotCard:
    """One slot with the form for a new version and, where the rules allow it, the form for a promise."""

    slot: Slot
    upload: UploadForm
    promise: PromiseForm | None

    @property
    def is_open(self) -> bool:
        """Whether its forms stand open because one of them was refused."""
        return self.upload.is_bound or (self.promise is not None and self.promise.is_bound)

    @property
    def kinds(self) -> str:
        """The kinds of file the slot takes, as people read them."""
        return _("、").join(self.slot.requirement.kinds)

    @property
    def limit_megabytes(self) -> int:
        """The largest file the slot takes. Units: megabytes of 1024 × 1024 bytes, as the refusal says them."""
        return self.slot.requirement.size_limit // MEGABYTE


class MaterialsPage:
    """The cards in the order of the catalogue; ``bind_*`` puts what was sent into the form it came from."""

    def __init__(self, materials: Materials) -> None:
        self.materials = materials
        self.cards = [SlotCard(slot, _upload(slot), _promise(slot)) for slot in materials.slots]
        self.pages = self._pages()

    def bind_upload(self, code: str, data: QueryDict, files: MultiValueDict) -> UploadForm:
        """The upload form of slot ``code`` with what was sent. Raises: Invalid (projects_slot_unknown)."""
        card = self._card(code)
        card.upload = _upload(card.slot, data, files)
        return card.upload

    def bind_promise(self, code: str, data: QueryDict) -> PromiseForm:
        """The promise form of slot ``code`` with what was sent.

        Raises: Invalid (projects_slot_unknown, projects_promise_not_allowed).
        """
        card = self._card(code)
        if card.promise is None:
            raise Invalid("projects_promise_not_allowed", slot=card.slot.name)
        card.promise = PromiseForm(data, prefix=f"{code}-promise")
        return card.promise

    def bind_pages(self, data: QueryDict) -> PagesForm:
        """The form of page ranges with what was sent."""
        self.pages = self._pages(data)
        return self.pages

    def _card(self, code: str) -> SlotCard:
        for card in self.cards:
            if card.slot.code == code:
                return card
        raise Invalid("projects_slot_unknown", slot=code[:8])

    def _pages(self, data: QueryDict | None = None) -> PagesForm:
        sized = _("{name}（{more}）")
        files = [(one.pk, sized.format(name=one.name, more=file_size(one.size))) for one in self.materials.files]
        slots = [(slot.code, slot.name) for slot in self.materials.slots if _may_share(slot)]
        return PagesForm(data, prefix="pages", files=files, slots=slots)


def _may_share(slot: Slot) -> bool:
    """Whether pages of another file may fill the slot: never the stamped form, nor what the case need not bring."""
    is_asked = slot.requirement.applies or slot.requirement.level is Level.OPTIONAL
    return is_asked and not slot.is_form


def _upload(slot: Slot, data: QueryDict | None = None, files: MultiValueDict | None = None) -> UploadForm:
    kind = StampedFormUpload if slot.is_form else UploadForm
    return kind(data, files, prefix=slot.code, kinds=slot.requirement.kinds)


def _promise(slot: Slot) -> PromiseForm | None:
    if not (slot.requirement.applies and slot.requirement.may_follow):
        return None
    return PromiseForm(prefix=f"{slot.code}-promise")
