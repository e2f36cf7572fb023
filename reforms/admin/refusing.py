"""What the rules of a record say against what was typed, shown in the form where it was typed."""


def refuse(form, error):
    """Show `error` (ValidationError) at the fields of `form` that it is about, what is about others above them all."""
    by_field = error.error_dict if hasattr(error, "error_dict") else {None: error.error_list}
    for name, sentences in by_field.items():
        form.add_error(name if name in form.fields else None, sentences)
