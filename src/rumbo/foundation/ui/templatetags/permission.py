"""The question of permission inside a page."""

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context

from rumbo.core.vocabulary.permission import Permission

register = template.Library()


def _may(context: Context, permission: str, unit: int | None) -> bool:
    request = context.get("request")
    actor, institution = getattr(request, "actor", None), getattr(request, "institution", None)
    if actor is None or institution is None:
        return False
    return bool(actor.may(Permission(permission), institution.pk, unit))


class CanNode(template.Node):
    def __init__(
        self, permission: FilterExpression, unit: FilterExpression | None, name: str, yes: NodeList, no: NodeList
    ) -> None:
        self.permission, self.unit, self.name, self.yes, self.no = permission, unit, name, yes, no

    def render(self, context: Context) -> str:
        unit = self.unit.resolve(context) if self.unit else None
        held = _may(context, self.permission.resolve(context), unit)
        if self.name:
            context[self.name] = held
            return ""
        return self.yes.render(context) if held else self.no.render(context)


@register.tag("can")
def can(parser: Parser, token: Token) -> CanNode:
    """`{% can "capture" unit.pk %}…{% else %}…{% endcan %}`, or `{% can "capture" as may_capture %}`."""
    bits = token.split_contents()[1:]
    name = ""
    if len(bits) > 2 and bits[-2] == "as":
        name, bits = bits[-1], bits[:-2]
    if not 1 <= len(bits) <= 2:
        raise template.TemplateSyntaxError("{% can %} takes a permission and, if needed, a unit")
    yes, no = NodeList(), NodeList()
    if not name:
        yes = parser.parse(("else", "endcan"))
        if parser.next_token().contents == "else":
            no = parser.parse(("endcan",))
            parser.delete_first_token()
    unit = parser.compile_filter(bits[1]) if len(bits) == 2 else None
    return CanNode(parser.compile_filter(bits[0]), unit, name, yes, no)
