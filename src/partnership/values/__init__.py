"""Value types and converters used by every other layer: dates, amounts, sources, party codes, text."""
