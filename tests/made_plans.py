"""Invented plans, and the steps of ingest that need no model."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

from langchain_core.embeddings import DeterministicFakeEmbedding

from bot.domain import Issuer, Plan, Section
from bot.index import Snapshot, current
from ingest.clean import paragraphs
from ingest.collection import plans
from ingest.document import Document
from ingest.outline import Line, outline
from ingest.parse import Draft, draft
from ingest.read import Received

ISSUER = Issuer("an-phu", "An Phú", "xã", "Nghệ An")


def lines(source: str) -> list[Line]:
    """The paragraphs of a source as the outline takes them."""
    found: list[Line] = []
    position = 0
    for paragraph in paragraphs(source):
        end = position + len(paragraph.text)
        found.append(Line(position, end, paragraph.text, paragraph.heading, paragraph.cells))
        position = end + 1
    return found


def sections(source: str) -> tuple[Section, ...]:
    return outline(lines(source))


def document(source: str) -> Document:
    found = lines(source)
    return Document("an-phu-2025", "\n".join(line.text for line in found), tuple(found), outline(found))


def received(source: str, name: str = "an-phu-2025.md") -> Received:
    return Received(name, source, sha256(source.encode()).hexdigest())


def drafted(source: str, name: str = "an-phu-2025.md") -> Draft:
    return draft(received(source, name), lambda found: (list(found), []))


def plan(source: str, name: str = "an-phu-2025.md") -> Plan:
    return plans([drafted(source, name)], {})[0]


def snapshot(index: Path) -> Snapshot:
    """The snapshot that is served, opened without a model: good for all but search by meaning."""
    build = current(index)
    fingerprint = json.loads((build / "manifest.json").read_text(encoding="utf-8"))["encoder"]
    return Snapshot(build, DeterministicFakeEmbedding(size=8), fingerprint)


def source(
    *,
    kind: str = "xã",
    name: str = "Kim Liên",
    province: str = "Nghệ An",
    number: str = "12/KH-UBND",
    day: str = "05",
    month: str = "8",
    year: int = 2025,
    title: str = "Triển khai Phong trào thi đua “Học tập suốt đời” giai đoạn 2025 - 2030",
    report: str = "Các cơ quan, đơn vị báo cáo kết quả về UBND xã trước ngày 10/12 hằng năm.",
) -> str:
    """A plan as a commune writes it."""
    parent = f"Kế hoạch số 77/KH-UBND ngày 01/7/2025 của UBND tỉnh {province} về triển khai Phong trào"
    return f"""ỦY BAN NHÂN DÂN
{kind.upper()} {name.upper()}

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: {number}

{name}, ngày {day} tháng {month} năm {year}

KẾ HOẠCH

{title}

Thực hiện {parent}, UBND {kind} {name} ban hành Kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU

1. Mục đích

Nâng cao nhận thức của cán bộ, công chức và Nhân dân về học tập suốt đời trên địa bàn.

2. Yêu cầu

a) Thiết thực, hiệu quả, tránh phô trương, hình thức;

b) Có sự phối hợp của các ban, ngành.

II. TỔ CHỨC THỰC HIỆN

1. {report}

2. Phòng Văn hóa - Xã hội theo dõi, đôn đốc việc thực hiện Kế hoạch này.

Nơi nhận:

- UBND tỉnh (b/c);
- Các phòng, ban;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Trần Thị Bình
"""
