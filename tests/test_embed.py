import shutil
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from bot.embed import DEFAULT_MODEL, Encoder, EncoderError, load_encoder
from bot.text import fold

PASSAGES = [
    "Các cơ quan, đơn vị gửi báo cáo kết quả về Phòng Văn hóa - Xã hội trước ngày 20 tháng 6.",
    "Kinh phí thực hiện được bố trí từ ngân sách nhà nước và các nguồn huy động hợp pháp khác.",
    "Hình thức khen thưởng: Giấy khen của Chủ tịch Ủy ban nhân dân cấp xã, kèm tiền thưởng.",
    "Bảo đảm vệ sinh môi trường, thu gom rác thải sinh hoạt tại các khu dân cư.",
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


def test_rows_are_unit_float32_in_order(encoder: Encoder) -> None:
    rows = encoder.encode(PASSAGES)
    assert rows.dtype == np.float32
    assert rows.shape == (len(PASSAGES), encoder.dim)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert np.allclose(rows[2], encoder.encode([PASSAGES[2]])[0], atol=1e-5)


def test_no_text_gives_no_rows(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.dim)
    assert encoder.embed_documents([]) == []


@pytest.mark.parametrize("text", ["", " ", "\n", "🙂", "x" * 20_000])
def test_any_text_gives_finite_numbers(encoder: Encoder, text: str) -> None:
    assert np.isfinite(encoder.encode([text])).all()


def test_langchain_methods_give_lists(encoder: Encoder) -> None:
    query = encoder.embed_query("báo cáo")
    assert isinstance(query, list)
    assert encoder.embed_documents(["báo cáo"]) == [query]


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("báo cáo gửi về đâu", 0),
        ("lấy tiền ở đâu để làm", 1),
        ("được tặng giấy khen không", 2),
        ("thu gom rác ở chỗ dân ở", 3),
    ],
)
@pytest.mark.parametrize("written", [str, fold, str.upper], ids=["accented", "accentless", "capitals"])
def test_finds_the_passage(encoder: Encoder, question: str, passage: int, written: type[str]) -> None:
    scores = encoder.encode(PASSAGES) @ encoder.encode([written(question)])[0]
    assert int(scores.argmax()) == passage


def test_both_tone_placements_and_normal_forms_are_one_text(encoder: Encoder) -> None:
    old, new, decomposed = encoder.encode(["uỷ ban, văn hoá", "ủy ban, văn hóa", "u\u0309y ban, văn ho\u0301a"])
    assert np.allclose(old, new)
    assert np.allclose(new, decomposed)


def test_threads_share_one_encoder() -> None:
    encoder = load_encoder()
    alone = load_encoder().encode(PASSAGES)
    found: list[bool] = []

    def work() -> None:
        found.append(all(np.allclose(encoder.encode(PASSAGES), alone, atol=1e-5) for _ in range(20)))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 8


def test_fingerprint_follows_content_not_place(tmp_path: Path) -> None:
    shutil.copytree(DEFAULT_MODEL, tmp_path / "copy")
    copy = tmp_path / "copy"
    assert load_encoder(str(copy)).fingerprint == load_encoder().fingerprint
    (copy / "README.md").write_text("other words", encoding="utf-8")
    assert load_encoder(str(copy)).fingerprint == load_encoder().fingerprint
    (copy / "tokenizer.json").write_text("{}", encoding="utf-8")
    assert load_encoder(str(copy)).fingerprint != load_encoder().fingerprint


def test_blank_name_is_the_packaged_model() -> None:
    assert load_encoder("").name == load_encoder().name == "hoi-ke-hoach"


@pytest.mark.parametrize("name", ["khong-co/mo-hinh-nay", "/khong/co/thu/muc", "a b c"])
def test_unknown_model_says_what_to_set_and_does_not_download(name: str) -> None:
    with pytest.raises(EncoderError, match="HOI_ENCODER"):
        load_encoder(name)


def test_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="HOI_ENCODER"):
        load_encoder(str(tmp_path))


@pytest.mark.parametrize("broken", ["tokenizer.json", "modules.json", "model.safetensors"])
def test_broken_model_is_an_encoder_error(tmp_path: Path, broken: str) -> None:
    shutil.copytree(DEFAULT_MODEL, tmp_path / "copy")
    next((tmp_path / "copy").rglob(broken)).write_text("{", encoding="utf-8")
    with pytest.raises(EncoderError, match="HOI_ENCODER"):
        load_encoder(str(tmp_path / "copy")).encode(["a"])


def test_shipped_model_is_small() -> None:
    assert sum(p.stat().st_size for p in Path(DEFAULT_MODEL).rglob("*") if p.is_file()) <= 20 * 1024 * 1024


def test_shipped_model_loads_without_this_package(encoder: Encoder) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(DEFAULT_MODEL, device="cpu", local_files_only=True)
    assert np.allclose(model.encode(["khen thưởng"]), encoder.encode(["khen thưởng"]), atol=2e-3)


def test_import_stays_light() -> None:
    code = "import sys, bot.embed; raise SystemExit('torch' in sys.modules or 'sentence_transformers' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
