"""Zalo: the Official Account and the Zalo Bot. Both speak plain text and number their choices."""

OA, BOT = "zalo-oa", "zalo-bot"  # the channels' names in the state
WINDOW = 48 * 3600.0  # seconds after their last word in which the OA may write to a user
TEXT_LIMIT = 2000  # characters of a message
