"""Short invented plans, written as a commune writes them."""

from __future__ import annotations


def small_plan(
    commune: str = "An Phú",
    *,
    number: str = "12",
    day: str = "ngày 05 tháng 3 năm 2025",
    title: str = "Triển khai Phong trào thi đua “Làng sạch, ngõ đẹp” giai đoạn 2025 - 2030 trên địa bàn xã {}",
    due: str = "15/12",
    opening: str = "",
    more: str = "",
) -> str:
    return f"""ỦY BAN NHÂN DÂN XÃ {commune.upper()}

Số: {number}/KH-UBND

{commune}, {day}

KẾ HOẠCH

{title.format(commune)}

Thực hiện Kế hoạch số 02/KH-UBND ngày 09 tháng 01 năm 2025 của Ủy ban nhân dân tỉnh Nghệ An về phong trào thi đua, \
Ủy ban nhân dân xã {commune} ban hành Kế hoạch như sau:{opening}

I. MỤC ĐÍCH

1. Nâng cao nhận thức của cán bộ và Nhân dân về giữ gìn vệ sinh đường làng, ngõ xóm.

2. Hình thành nếp sống văn minh trong từng khu dân cư, gia đình, trường học.

II. HÌNH THỨC KHEN THƯỞNG

- Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh.

- Giấy khen của Chủ tịch Ủy ban nhân dân xã.

III. TỔ CHỨC THỰC HIỆN

1. Phòng Kinh tế: Chủ trì, hướng dẫn các xóm thực hiện Kế hoạch này.

2. Các xóm báo cáo kết quả về Ủy ban nhân dân xã (qua Phòng Kinh tế) trước ngày {due} hằng năm.
{more}
Nơi nhận:

- Các xóm;

- Lưu: VT.

TM. ỦY BAN NHÂN DÂN

CHỦ TỊCH

Nguyễn Văn An
"""
