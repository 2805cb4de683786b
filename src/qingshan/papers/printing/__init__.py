"""A paper as a file: DOCX in the bureau's template, PDF by typst; the same content in both."""
