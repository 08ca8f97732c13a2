"""What people type in a capture, a return, a correction."""

from rumbo.systems.captures.forms.entry import (
    CorrectionForm,
    DecisionForm,
    EntryForm,
    EvidenceForm,
    RetireForm,
    ReturnForm,
    UnavailableForm,
    UploadForm,
)

__all__ = [
    "CorrectionForm",
    "DecisionForm",
    "EntryForm",
    "EvidenceForm",
    "RetireForm",
    "ReturnForm",
    "UnavailableForm",
    "UploadForm",
]
