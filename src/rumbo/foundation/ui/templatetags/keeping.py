"""What is drawn once: written twice in a page, or kept for the next one who asks for it."""

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import mark_safe

register = template.Library()


class RememberNode(template.Node):
    child_nodelists = ("inside",)

    def __init__(self, name: str, inside: NodeList) -> None:
        self.name, self.inside = name, inside

    def render(self, context: Context) -> str:
        context[self.name] = mark_safe(self.inside.render(context).strip())  # noqa: S308  (already rendered)
        return ""


@register.tag("remember")
def remember(parser: Parser, token: Token) -> RememberNode:
    """`{% remember name %}…{% endremember %}` keeps what is inside to be written where it is asked for."""
    inside = parser.parse(("endremember",))
    parser.delete_first_token()
    return RememberNode(token.split_contents()[1], inside)


class KeptNode(template.Node):
    child_nodelists = ("inside",)

    def __init__(self, name: str, inside: NodeList) -> None:
        self.name, self.inside = name, inside

    def render(self, context: Context) -> str:
        kept = context.get("kept")
        if kept is None:
            return self.inside.render(context)
        if self.name not in kept:
            kept[self.name] = self.inside.render(context)
        return str(kept[self.name])


@register.tag("kept")
def kept(parser: Parser, token: Token) -> KeptNode:
    """`{% kept name %}…{% endkept %}` is drawn once for the mapping `kept` of the context, when the page has one."""
    inside = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(token.split_contents()[1], inside)
