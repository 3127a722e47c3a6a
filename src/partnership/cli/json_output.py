"""Answers as JSON values, as `partnership.to_dict` writes them."""

from __future__ import annotations

from partnership.io.dicts import evidence_to_dict as evidence_in_json
from partnership.io.dicts import to_dict as in_json
from partnership.io.dicts import to_dict as why_in_json

__all__ = ["evidence_in_json", "in_json", "why_in_json"]
