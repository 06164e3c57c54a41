"""The first words, and the list of what can be said."""

from __future__ import annotations

from bot.channels.chat import choose, sentences
from bot.channels.chat.desk import Act, Desk, said
from bot.channels.chat.nouns import Reply, say
from bot.state import Chat


def start(desk: Desk, slug_or_name: str) -> Act:
    """From a link, which may name an issuer."""
    issuer = choose.named(slug_or_name, desk.service.issuers()) if slug_or_name else None

    def act(chat: Chat) -> tuple[Reply, ...]:
        if issuer:
            desk.state.chats.choose(chat, issuer.slug)
        slug = issuer.slug if issuer else chat.issuer
        name = next((i.full_name for i in desk.service.issuers() if i.slug == slug), "")
        chosen = sentences.HELLO_CHOSEN if name else sentences.HELLO_CHOOSE
        about = (sentences.HELLO, desk.told(chosen, issuer=name), desk.told(sentences.HELLO_MORE))
        few = () if name else choose.rows(desk.service.issuers()[: choose.SHOWN])
        return (say("\n\n".join(about), *few),)

    return act


def guide(desk: Desk) -> Act:
    offered = {n: about for n, about in sentences.COMMANDS.items() if n != "dongian" or desk.helpers.simplify}
    names = desk.names
    return said("\n".join((sentences.HELP, "", *(f"{names[name]} – {about}" for name, about in offered.items()))))
