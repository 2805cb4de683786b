"""Attachments, citations, and rendering of templates to DOCX and PDF."""
