"""Every fixed sentence of the chats, in one place where an official can proof-read it.

{xa}, {han} and so on stand for a command, as the platform writes it.
"""

from __future__ import annotations

HELLO = (
    "Xin chào! Tôi trả lời câu hỏi về các kế hoạch của xã, phường, kèm câu trích trong văn bản làm căn cứ. "
    "Anh/chị cứ hỏi như hỏi đồng nghiệp, có dấu hay không dấu đều được."
)
HELLO_CHOSEN = "Câu nào không nêu tên đơn vị, tôi hiểu là hỏi về {issuer}. Đổi đơn vị: nhắn {xa}."
HELLO_CHOOSE = "Chọn đơn vị mình hay hỏi bằng {xa} thì lần sau không phải nêu tên nữa."
HELLO_MORE = "Xem hướng dẫn: nhắn {trogiup}."
EXAMPLES = "Ví dụ:"
HELP = "Anh/chị cứ hỏi bằng lời thường, ví dụ: “Hạn gửi báo cáo hằng năm là ngày nào?”"
COMMANDS = {
    "xa": "chọn xã, phường",
    "han": "các hạn sắp tới",
    "nhac": "bật, tắt nhắc hạn",
    "nguon": "câu trích của câu trả lời vừa rồi",
    "lich": "lịch các thời hạn, đưa vào điện thoại hay máy tính",
    "dongian": "nói lại câu trả lời vừa rồi cho dễ hiểu",
    "gopy": "góp ý về câu trả lời",
    "xoa": "xoá những gì tôi lưu về cuộc trò chuyện này",
    "trogiup": "xem hướng dẫn này",
}
UNKNOWN_COMMAND = "Tôi không có lệnh này. Xem các lệnh: nhắn {trogiup}."
GROUP = "Trong nhóm, tôi chỉ trả lời khi được nhắc tên hoặc được trả lời trực tiếp."

CHOSEN = "Tôi ghi nhớ {issuer} ({province}). Câu nào không nêu tên đơn vị, tôi hiểu là hỏi về nơi này."
NOTED = "Tôi ghi nhớ {issuer} cho những câu sau; muốn đổi, nhắn {xa}."
CHOOSE = "Anh/chị chọn đơn vị:"
CHOOSE_TYPED = "Anh/chị nhắn tên xã, phường, có dấu hay không dấu đều được. Đang có {count} đơn vị, ví dụ:"
CHOOSE_NOW = "Đang chọn: {issuer}."
CHOOSE_AMONG = "Có {count} nơi khớp với “{name}”:"
CHOOSE_MORE = "Còn {count} nơi khác; anh/chị nhắn tên đầy đủ hơn."
CHOOSE_NONE = "Chưa có kế hoạch của nơi nào tên “{name}”. Các đơn vị đang có: {names}."
SEARCH = "🔎 Tìm theo tên"
CHOOSE_GONE = "Đơn vị này không còn trong bộ kế hoạch. Anh/chị chọn lại bằng {xa}."

DUE_OF = "Các hạn sắp tới của {issuer}:"
DUE_ALL = "Các hạn sắp tới:"
DUE_NONE = "Trong một năm tới, kế hoạch của {issuer} không có hạn nào ghi ngày cụ thể."
DUE_NONE_ALL = "Trong một năm tới, các kế hoạch không có hạn nào ghi ngày cụ thể."
DUE_DAYS = "còn {days} ngày"
DUE_TOMORROW = "ngày mai"
DUE_TODAY = "hôm nay"
DUE_LINE = "{day} ({left}): {duty}"
DUE_BEFORE, DUE_UNTIL = "Trước {day}", "Đến hết {day}"
DUE_BY = "Thực hiện: {actor}."
DUE_MORE = "Còn {count} hạn nữa; xem đủ trong lịch: nhắn {lich}."

REMIND_ON = (
    "Đã bật nhắc hạn của {issuer}: tôi nhắn trước ngày cuối còn kịp {leads} ngày, vào buổi sáng. Tắt: nhắn {nhac_tat}."
)
REMIND_WINDOW = (
    "Lưu ý: Zalo chỉ cho tôi nhắn trong 48 giờ kể từ tin gần nhất của anh/chị, nên lời nhắc có thể không đến được. "
    "Để chắc chắn, anh/chị thêm lịch vào điện thoại: nhắn {lich}."
)
REMIND_OFF = "Đã tắt nhắc hạn."
REMIND_NOW = "Đang nhắc hạn của {issuers}: trước ngày cuối còn kịp {leads} ngày, vào buổi sáng."
REMIND_NOT = "Chưa bật nhắc hạn của {issuer}. Khi bật, tôi nhắn trước ngày cuối còn kịp {leads} ngày, vào buổi sáng."
REMIND_WHOM = "Anh/chị muốn được nhắc hạn của đơn vị nào?"
REMIND_TITLE = "Nhắc hạn – {issuer}"
REMIND_LEFT = "Còn {days} ngày là đến ngày cuối còn kịp ({day})."
REMIND_TODAY = "Hôm nay ({day}) là ngày cuối còn kịp."
REMIND_STOP = "Tắt nhắc: nhắn {nhac_tat}."
TURN_ON, TURN_OFF = "Bật nhắc hạn", "Tắt nhắc hạn"

NO_QUOTES = "Chưa có câu trả lời nào gần đây kèm câu trích. Anh/chị hỏi trước, rồi nhắn {nguon}."
QUOTES = "Câu trích cho câu hỏi “{question}”:"
MORE_QUOTES = "Xem đủ {count} câu trích"
ALSO_QUOTED = "Còn {count} câu trích nữa: nhắn {nguon}."
REPAIRED = "đã phục hồi từ bản quét lỗi"

CALENDAR_LINK = "Lịch các thời hạn của {issuer}, dán địa chỉ này vào mục “đăng ký lịch” để được cập nhật: {url}"
CALENDAR_FILE = "Tệp lịch các thời hạn của {issuer}; mở tệp để thêm vào lịch của máy."
CALENDAR_EVERY = "các đơn vị"
CALENDAR_NONE = "Hiện chưa tạo được lịch. Anh/chị xem các hạn bằng {han}."

LIKE, DISLIKE = "👍 Đúng ý", "👎 Chưa đúng"
LIKED = "Cảm ơn anh/chị!"
DISLIKED = "Cảm ơn anh/chị đã cho biết. Nếu tiện, xin nói rõ chỗ chưa đúng: nhắn {gopy} kèm vài lời."
JUDGED = "Tôi đã ghi nhận ý kiến về câu này rồi, cảm ơn anh/chị."
FEEDBACK_ASK = "Anh/chị nhắn lời góp ý ngay sau đây; tôi chuyển cho người phụ trách."
FEEDBACK_DONE = "Đã ghi nhận, cảm ơn anh/chị."

FORGET_ASK = (
    "Xoá đơn vị đã chọn, các câu hỏi gần đây, góp ý và nhắc hạn của cuộc trò chuyện này? Việc này không hoàn lại được."
)
FORGET_YES, FORGET_NO = "Xoá hết", "Không xoá"
FORGOTTEN = "Đã xoá. Tôi không còn lưu gì về cuộc trò chuyện này; anh/chị vẫn hỏi tiếp được như mới."
KEPT = "Tôi giữ nguyên."

NO_MODEL = (
    "Ở đây chưa có mô hình ngôn ngữ để nói lại cho dễ hiểu. Anh/chị cứ hỏi hẹp hơn từng ý, tôi sẽ trích đúng câu của "
    "kế hoạch."
)
NOT_SIMPLER = "Tôi chưa nói lại được cho dễ hiểu hơn mà vẫn đúng văn bản."
NOTHING_TO_SIMPLIFY = "Chưa có câu trả lời nào gần đây để nói lại. Anh/chị hỏi trước nhé."

OTHERS = {
    "voice": "Tôi chưa nghe được tin nhắn thoại. Anh/chị gõ câu hỏi giúp tôi nhé.",
    "photo": "Tôi chưa xem được ảnh. Anh/chị gõ câu hỏi giúp tôi nhé.",
    "sticker": "Tôi chỉ hiểu chữ thôi ạ. Anh/chị cần hỏi gì về kế hoạch cứ nhắn.",
    "file": "Tôi chưa nhận tệp qua trò chuyện. Anh/chị gõ câu hỏi, hoặc nhờ người phụ trách nạp văn bản.",
}
OTHER = "Tôi chỉ đọc được tin nhắn chữ. Anh/chị gõ câu hỏi giúp tôi nhé."
OLD_BUTTON = "Nút này đã cũ. Anh/chị hỏi lại giúp tôi nhé."
TOO_FAST = "Anh/chị nhắn hơi nhanh; xin chờ khoảng {seconds} giây rồi hỏi tiếp giúp tôi."
BY_NUMBER = "Nhắn số để chọn:"  # where there are no buttons
WRITING = "Tôi đang soạn câu trả lời…"  # while a language model is at work
CUT = "[…]"  # stands where one quote had to be cut in two
