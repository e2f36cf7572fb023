"""The rules of the audit, one in each module.

The module's docstring says what must hold and, after an empty line, why. `SEVERITY` says how bad it is where it does
not. `find` yields an unsaved Finding for each record that breaks the rule. `ANSWERED_BY_DISCREPANCY` says which public
discrepancies answer one by holding its claims (see `holding`), where any does.
"""
