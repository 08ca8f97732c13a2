"""Tags and filters of every page, in one library: a template loads none of them."""

from django import template

from rumbo.foundation.ui.templatetags import badges, components, dates, figures, keeping, permission

register = template.Library()
for part in (figures, dates, badges, components, permission, keeping):
    register.filters |= part.register.filters
    register.tags |= part.register.tags
