"""Entries as YAML, in the one form that each has: in block style, one line for each text, quoted only where need be."""

import re
from typing import Any, ClassVar

import yaml

# What other YAML readers take for a number or a boolean, and PyYAML does not: 1e3, 0o17, 007, y.
NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+")
BOOLEAN = re.compile(r"[yYnN]")


class Dumper(yaml.SafeDumper):
    """Writes texts, lists and entries, and refuses everything else."""

    yaml_representers: ClassVar[dict[Any, Any]] = {
        str: yaml.SafeDumper.represent_str,
        list: yaml.SafeDumper.represent_list,
        dict: yaml.SafeDumper.represent_dict,
        None: yaml.SafeDumper.represent_undefined,
    }

    def ignore_aliases(self, data):
        """Write the same words again instead of a name for them."""
        return True

    def increase_indent(self, flow=False, indentless=False):
        """Indent a list under its key."""
        return super().increase_indent(flow, False)

    def choose_scalar_style(self):
        """Quote with " what cannot stand plain."""
        return super().choose_scalar_style() and '"'


Dumper.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(rf"(?:{NUMBER.pattern})\Z"), list("-+.0123456789"))
Dumper.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(rf"{BOOLEAN.pattern}\Z"), list("yYnN"))


def emit(entry):
    """Return an entry as an item of the list that a file is.

    Shape:  `entry`: key to text, to a list of texts, or to a list or mapping of the same kind.
    Errors: yaml.representer.RepresenterError where it holds anything else.
    """
    return yaml.dump(
        [entry], Dumper=Dumper, width=float("inf"), allow_unicode=True, sort_keys=False, default_flow_style=False
    )
