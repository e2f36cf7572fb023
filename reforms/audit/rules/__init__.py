"""The rules of the audit, one in each module.

The module's docstring says what must hold and, after an empty line, why. `SEVERITY` says how bad it is where it does
not. `find` yields an unsaved Finding for each record that breaks the rule. `ANSWERED_BY_DISCREPANCY` is `all` or `any`
where a public discrepancy that holds all, or any, of the finding's claims answers it.
"""
