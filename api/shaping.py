"""From records to what the API shows of them, as the serializers describe it."""


def shaper(serializer_class, request):
    """Return a function from a record to the plain dictionary that is shown of it."""
    return serializer_class(context={"request": request}).to_representation
