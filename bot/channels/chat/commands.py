"""Which command a text is: "/han", "/han@bot", "hạn", "góp ý trả lời chậm quá". Pure."""

from __future__ import annotations

import re

from bot.channels.chat.nouns import Command
from bot.text import fold, nfc, squash

# Command → the plain words that mean it, the one that is shown first.
NAMES: dict[str, tuple[str, ...]] = {
    "start": ("bắt đầu",),
    "xa": ("xã", "phường", "đơn vị", "chọn xã"),
    "han": ("hạn", "thời hạn", "các hạn"),
    "nhac": ("nhắc", "nhắc hạn", "nhắc việc"),
    "nguon": ("nguồn", "căn cứ", "trích dẫn", "thêm", "xem thêm"),
    "lich": ("lịch",),
    "dongian": ("đơn giản", "dễ hiểu"),
    "gopy": ("góp ý",),
    "xoa": ("xoá",),
    "trogiup": ("trợ giúp", "giúp", "giúp đỡ", "hướng dẫn", "help", "menu"),
}
_MEANT = {fold(word): name for name, words in NAMES.items() for word in words}
_MEANT |= {fold(word).replace(" ", ""): name for name, words in NAMES.items() for word in words}
_SLASH = re.compile(r"/\s*([^\s@/]{1,32})(?:@\w*)?(?:\s+(.*))?", re.DOTALL)
# Plain words with something after them: "góp ý …" can be nothing else, "hạn báo cáo" is a question.
_TAKES = re.compile(r"(gop y|nhac(?: han)?)[\s:,-]+(.+)", re.DOTALL)
ON = frozenset(("bat", "on", "co", "mo"))
OFF = frozenset(("tat", "off", "khong", "dung", "thoi", "huy"))


def command(text: str) -> Command | None:
    """None for what is no command. A slash makes a command of whatever follows it."""
    text = nfc(text).strip()
    if found := _SLASH.fullmatch(text):
        name = fold(found[1]).replace("_", "")
        argument = (found[2] or "").strip()
        # "/trợ giúp", "/góp ý chậm quá": with the accents, the command is two words.
        first, _, rest = argument.partition(" ")
        if name not in _MEANT and name + fold(first) in _MEANT:
            name, argument = name + fold(first), rest.strip()
        return Command(_MEANT.get(name, name), argument)
    plain = squash(fold(text)).rstrip(" .!?")
    if plain in _MEANT:
        return Command(_MEANT[plain])
    takes = _TAKES.fullmatch(fold(text))
    if takes and (takes[1] == "gop y" or takes[2].strip() in ON | OFF):
        return Command(_MEANT[takes[1]], text[takes.start(2) :].strip())
    if plain in ("tat nhac", "bat nhac"):
        return Command("nhac", plain.split()[0])
    return None


def shown(slash: bool) -> dict[str, str]:
    """How each command is written in a sentence: "/xa" or “xã”; nhac_tat switches reminders off."""
    told = {name: f"/{name}" if slash else f"“{words[0]}”" for name, words in NAMES.items()}
    return told | {"nhac_tat": "/nhac tắt" if slash else "“nhắc tắt”"}
