"""Questions that a page cannot answer: said clearly, with the way back, and never a server error."""

from django.shortcuts import render


class BadQuestion(Exception):
    """A parameter of the address that means nothing here. Its text is shown to the reader."""


class RefusesBadQuestions:
    """View mixin: a BadQuestion becomes a page with status 400. Context: `message`, `path`."""

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except BadQuestion as refusal:
            context = {"message": str(refusal), "path": request.path}
            return render(request, "errors/bad_question.html", context, status=400)
