"""Text to vectors, with any sentence-transformers model that lies on this computer."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from langchain_core.embeddings import Embeddings

from bot.text import nfc, respell

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer

DEFAULT_MODEL = str(Path(__file__).parent / "models" / "encoder")
_CONFIGURATION = "modules.json"  # what makes a folder a sentence-transformers model
_REMEDY = (
    "Hãy đặt HOI_ENCODER là thư mục của một mô hình sentence-transformers đã tải về, "
    "hoặc bỏ trống để dùng mô hình kèm theo."
)


class EncoderError(RuntimeError):
    """No such model, or one that cannot be loaded. The message is Vietnamese and names the setting."""


class Encoder(Embeddings):
    """Vectors of length 1, float32. The model is loaded when first used; every method may be called from any thread."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self._folder = folder
        self._lock = RLock()

    @cached_property
    def fingerprint(self) -> str:
        """Hash of the model's files, wherever they lie. Read without loading the model."""
        digest = hashlib.sha256()
        for path in sorted(p for p in self._folder.rglob("*") if p.is_file() and p.suffix != ".md"):
            digest.update(path.relative_to(self._folder).as_posix().encode() + b"\0")
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        return digest.hexdigest()[:16]

    @property
    def dim(self) -> int:
        return int(self.encode([""]).shape[1])

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row for each text, in order; shape (n, dim). A text without a known word is a row of zeros."""
        import numpy as np

        if not texts:
            return np.empty((0, self.dim), dtype=np.float32)
        with self._lock:  # the tokenizers of transformer models are not to be shared between threads
            vectors = self._model.encode(
                [respell(nfc(text)) for text in texts],
                convert_to_numpy=True,
                normalize_embeddings=True,
                show_progress_bar=False,
            )
        return np.asarray(vectors, dtype=np.float32)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        rows: list[list[float]] = self.encode(texts).tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]

    @cached_property
    def _model(self) -> SentenceTransformer:
        from sentence_transformers import SentenceTransformer

        try:
            # Weights are kept in half precision to be small; computing in it would be slow and coarse.
            return SentenceTransformer(str(self._folder), device="cpu", local_files_only=True).float()
        except Exception as error:  # a damaged file makes the Rust tokenizer raise Exception itself, no narrower class
            raise EncoderError(f"Không nạp được mô hình véc-tơ ở “{self._folder}”: {error}. {_REMEDY}") from error


def load_encoder(path_or_name: str = DEFAULT_MODEL) -> Encoder:
    """The model in a folder, or one of this name that was downloaded to this computer before; "" is the packaged one.

    Never downloads. Raises EncoderError where there is no such model.
    """
    wanted = path_or_name or DEFAULT_MODEL
    folder = Path(wanted).expanduser()
    if not folder.is_dir():
        folder = _downloaded(wanted)
    if not (folder / _CONFIGURATION).is_file():
        raise EncoderError(
            f"Thư mục “{folder}” không phải là mô hình sentence-transformers (thiếu {_CONFIGURATION}). {_REMEDY}"
        )
    return Encoder(folder, "hoi-ke-hoach" if wanted == DEFAULT_MODEL else wanted)


def _downloaded(name: str) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except (HFValidationError, LocalEntryNotFoundError) as error:
        raise EncoderError(
            f"Không tìm thấy mô hình véc-tơ “{name}” trên máy này; chương trình không tự tải về. {_REMEDY}"
        ) from error
