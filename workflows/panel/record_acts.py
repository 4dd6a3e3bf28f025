"""Every act on a panel's record by the name in its address."""

from workflows.panel.forms.calling import ConfirmSeatForm, NoteCallForm
from workflows.panel.forms.records import RecordForm
from workflows.panel.forms.revealing import (
    AskRevealForm,
    AskWaveForm,
    ConfirmDeclineForm,
    ConfirmRevealForm,
    ConfirmWaveForm,
    CountersignWaveForm,
    DeclineForm,
    DiscloseForm,
    FinishVoidForm,
    RejectDeclineForm,
)
from workflows.panel.forms.secretary import (
    DeclareForm,
    ElectChairForm,
    EnterSheetForm,
    PostponeForm,
    RejectSheetForm,
    SendInquiriesForm,
)

RECORD_ACTS: dict[str, type[RecordForm]] = {
    form.name: form
    for form in (
        AskRevealForm,
        ConfirmRevealForm,
        NoteCallForm,
        ConfirmSeatForm,
        DeclineForm,
        ConfirmDeclineForm,
        RejectDeclineForm,
        AskWaveForm,
        ConfirmWaveForm,
        CountersignWaveForm,
        FinishVoidForm,
        DiscloseForm,
        DeclareForm,
        SendInquiriesForm,
        PostponeForm,
        ElectChairForm,
        EnterSheetForm,
        RejectSheetForm,
    )
}
OF_THE_SECRETARY = frozenset({"declare", "send-inquiries", "postpone", "elect-chair"})
