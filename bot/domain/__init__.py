"""The nouns of the product. Frozen data, standard library only."""

from .answer import Answer, Citation, DueDate, ModelUse, Status
from .facts import Award, Criterion, Deadline, Duty, Facts, Phase, Reference, Rule, Target, Term, WrittenDate
from .plan import Issuer, Passage, Plan, Section
from .spans import Edit, Span, TextMap

__all__ = [
    "Issuer",
    "Section",
    "Passage",
    "Plan",
    "Span",
    "Edit",
    "TextMap",
    "WrittenDate",
    "Rule",
    "Deadline",
    "Phase",
    "Award",
    "Duty",
    "Criterion",
    "Target",
    "Reference",
    "Term",
    "Facts",
    "Status",
    "Citation",
    "DueDate",
    "ModelUse",
    "Answer",
]
