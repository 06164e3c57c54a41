"""The bodies of the HTTP contract as OpenAPI tells them."""

from .asked import Ask, Write
from .chat import ChatMessage, ChatPart, ChatRequest, StreamOptions
from .errors import Error, problems
from .plans import Deadline, Deadlines, Fact, Facts, Issuer, Plan, PlanHead, Plans, Section, SectionText, WrittenDate
from .told import Answer, Citation, DueDate, ModelUse, Told

__all__ = [
    "Ask",
    "Write",
    "Citation",
    "DueDate",
    "Told",
    "ModelUse",
    "Answer",
    "Issuer",
    "PlanHead",
    "Section",
    "SectionText",
    "Fact",
    "Facts",
    "Plan",
    "Plans",
    "WrittenDate",
    "Deadline",
    "Deadlines",
    "Error",
    "problems",
    "ChatPart",
    "ChatMessage",
    "StreamOptions",
    "ChatRequest",
]
