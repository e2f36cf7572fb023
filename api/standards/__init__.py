"""Records in the forms of others: to cite them, to link to them, and to annotate the words they stand on."""

from api.standards.annotation import Annotations
from api.standards.bibtex import BibTeX
from api.standards.csl import CSL
from api.standards.linked import JSONLD
from api.standards.ris import RIS
from api.standards.text import Text, Words

__all__ = ["CITED", "CSL", "JSONLD", "RIS", "Annotations", "BibTeX", "Text", "Words"]

CITED = (Text, BibTeX, RIS, CSL)
