"""What was given for a name, one value or several."""

from rest_framework.exceptions import ValidationError


def either(asked, name):
    """Return the values of `name` or of `name__in` in `asked` (parameter → value); none where neither was given.

    Errors: ValidationError where both were.
    """
    several = f"{name}__in"
    if name in asked and several in asked:
        raise ValidationError({several: [f"Give {name} or {several}, not both."]})
    return [asked[name]] if name in asked else asked.get(several, [])
