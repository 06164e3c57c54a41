"""A chat model of LangChain behind one method: a stream of text that ends in time. Its errors are translated here."""

from __future__ import annotations

import contextvars
import logging
import queue
import threading
from collections.abc import Iterator, Sequence
from time import monotonic
from typing import Any

from ..settings import Settings, SettingsError
from .errors import ModelError, Why

LOG = logging.getLogger("hoi.llm")
_PACKAGES = {"openai": "openai", "ollama": "ollama", "google_genai": "google", "anthropic": "anthropic"}
_REFUSALS = frozenset("content_filter refusal SAFETY PROHIBITED_CONTENT BLOCKLIST RECITATION SPII IMAGE_SAFETY".split())
_LONGEST = 2400  # tokens of the longest reply asked for
_WINDOW = 16_384  # tokens that hold the sources of a page and the reply
_PROBE = 5.0  # seconds an attempt to reach it may take


class ChatModel:
    """Safe to share between threads."""

    def __init__(self, settings: Settings) -> None:
        """Raises SettingsError: an unknown provider, a missing package."""
        self._timeout = float(settings.llm_timeout)
        self._provider, self._chat = _load(settings)

    def stream(
        self, messages: Sequence[tuple[str, str]], schema: dict[str, Any] | None, tokens: int
    ) -> Iterator[str | tuple[int, int]]:
        """Pieces of the reply as they come, and the tokens (in, out) until then where the server tells them.

        Raises ModelError, at the latest when the whole has taken `HOI_LLM_TIMEOUT`. Whoever stops listening ends it.
        """
        return self._stream(messages, schema, tokens, self._timeout)

    def reach(self) -> None:
        """A word back and forth. Raises ModelError."""
        for _ in self._stream([("user", "Trả lời: có.")], None, 16, min(_PROBE, self._timeout)):
            pass

    def _stream(
        self, messages: Sequence[tuple[str, str]], schema: dict[str, Any] | None, tokens: int, timeout: float
    ) -> Iterator[str | tuple[int, int]]:
        pieces: queue.Queue[str | tuple[int, int] | ModelError | None] = queue.Queue()
        stop = threading.Event()
        given = {**_shaped(self._provider, schema), **_limited(self._provider, tokens)}

        def work() -> None:
            try:
                tokens_in = tokens_out = 0
                for chunk in self._chat.stream(list(messages), **given):
                    if stop.is_set():
                        return
                    if text := _text(chunk):
                        pieces.put(text)
                    if usage := chunk.usage_metadata:  # some tell it at the end, some a part with every chunk
                        tokens_in += int(usage["input_tokens"])
                        tokens_out += int(usage["output_tokens"])
                        pieces.put((tokens_in, tokens_out))
                pieces.put(None)
            except ModelError as error:
                pieces.put(error)
            except Exception as error:  # noqa: BLE001 - every provider has errors of its own
                pieces.put(ModelError(_why(error)))

        # A daemon: a server that hangs must not keep the process from ending. The client's own timeout ends the thread.
        context = contextvars.copy_context()  # tracing finds the run it belongs to
        threading.Thread(target=lambda: context.run(work), name="hoi-llm", daemon=True).start()
        end = monotonic() + timeout
        try:
            while True:
                try:
                    piece = pieces.get(timeout=max(0.0, end - monotonic()))
                except queue.Empty:
                    raise ModelError(Why.TIMEOUT) from None
                if piece is None:
                    return
                if isinstance(piece, ModelError):
                    raise piece
                yield piece
        finally:
            stop.set()


def _load(settings: Settings) -> tuple[str, Any]:
    provider, _, name = settings.llm.partition(":")
    if provider not in _PACKAGES or not name:
        expected = ", ".join(f"{p}:…" for p in _PACKAGES)
        raise SettingsError(f"HOI_LLM phải có dạng {expected}, không phải “{settings.llm}”.")
    from langchain.chat_models import init_chat_model

    given: dict[str, Any] = {}
    if settings.llm_url:
        given["base_url"] = settings.llm_url
    if provider == "openai":
        given |= {"use_responses_api": False, "stream_usage": True}
    # A server of one's own needs no key, and must not be sent the one that the provider's client finds by itself.
    if provider != "ollama" and (key := settings.llm_key or ("none" if settings.llm_url else "")):
        given["api_key"] = key
    if provider == "ollama":
        headers = {"Authorization": f"Bearer {settings.llm_key}"} if settings.llm_key else {}
        given |= {"client_kwargs": {"timeout": settings.llm_timeout, "headers": headers}, "temperature": 0}
        given |= {"num_predict": _LONGEST, "num_ctx": _WINDOW}  # taken at the start alone; its own window is too small
    else:
        given |= {"timeout": settings.llm_timeout, "max_retries": 0}
    try:
        return provider, init_chat_model(name, model_provider=provider, **given)
    except ImportError:
        extra = _PACKAGES[provider]
        raise SettingsError(f"HOI_LLM={provider}:… cần cài thêm: pip install 'hoi-ke-hoach[{extra}]'") from None
    except Exception as error:  # noqa: BLE001 - the message may repeat the key
        raise SettingsError(
            f"HOI_LLM không dùng được ({type(error).__name__}); kiểm tra HOI_LLM, HOI_LLM_KEY."
        ) from None


def _shaped(provider: str, schema: dict[str, Any] | None) -> dict[str, Any]:
    """The schema in the provider's own way, where it has one; the rules ask for it in words as well."""
    if schema is None:
        return {}
    if provider == "openai":
        # Past the client's own parser, which wants the whole reply and raises its own errors.
        shape = {"name": "answer", "schema": schema, "strict": True}
        return {"extra_body": {"response_format": {"type": "json_schema", "json_schema": shape}}}
    if provider == "google_genai":
        return {"response_mime_type": "application/json", "response_json_schema": schema}
    return {"format": schema} if provider == "ollama" else {}


def _limited(provider: str, tokens: int) -> dict[str, Any]:
    if provider == "ollama":
        return {}
    return {"max_output_tokens" if provider == "google_genai" else "max_tokens": tokens}


def _text(chunk: Any) -> str:
    ended = chunk.response_metadata.get("finish_reason") or chunk.response_metadata.get("stop_reason")
    if chunk.additional_kwargs.get("refusal") or ended in _REFUSALS:
        raise ModelError(Why.REFUSED)
    return str(chunk.text)


def _why(error: Exception) -> Why:
    """By the status and the kind of the error; its words may repeat the key and are neither kept nor logged."""
    status = _status(error)
    names = " ".join(kind.__name__ for kind in type(error).__mro__)
    LOG.warning("the model failed: %s, status %s", type(error).__name__, status if isinstance(status, int) else "none")
    if status == 429:
        return Why.LIMITED
    if isinstance(status, int) and 400 <= status < 500:
        return Why.DENIED
    return Why.TIMEOUT if "Timeout" in names else Why.DOWN


def _status(error: BaseException) -> object:
    """HTTP's status, of the error or of the one that it wraps."""
    told = getattr(error, "status_code", None) or getattr(error, "code", None)
    return _status(error.__cause__) if told is None and error.__cause__ else told
