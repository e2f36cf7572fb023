"""What every answer tells the browser beside its content policy."""

# No page asks for any of these, so none that is slipped into one may.
REFUSED = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
POLICY = ", ".join(f"{feature}=()" for feature in REFUSED)


def permissions_policy(get_response):
    """Middleware: refuse what reaches for the reader's devices."""

    def answer(request):
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", POLICY)
        return response

    return answer
