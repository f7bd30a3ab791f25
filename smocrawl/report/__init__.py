"""The report that a client reads: sections of plain values, templates that only lay them out."""

from smocrawl.report.brand import Brand, BrandError
from smocrawl.report.brand import load as load_brand
from smocrawl.report.domain_index import render_domain_index
from smocrawl.report.forms import FormError, known_form
from smocrawl.report.render import render

__all__ = ["Brand", "BrandError", "FormError", "known_form", "load_brand", "render", "render_domain_index"]
