"""What templates of charts ask for by name."""

from django import template

from reforms.charts import shapes

register = template.Library()


@register.simple_tag
def outline(name):
    """The path of a shape in a square of 14, as a key to a chart."""
    return shapes.outline(name, 7, 7, 5)
