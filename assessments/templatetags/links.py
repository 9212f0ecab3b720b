from django import template

from assessments.importers.yaml_nodes import is_https

register = template.Library()


@register.filter
def https_only(address: str) -> str:
    """The address when a link may lead there, otherwise "": then there is to be no link.

    Forms and role files refuse others already; rows from elsewhere must not become live either.
    """
    return address if is_https(str(address or "")) else ""
