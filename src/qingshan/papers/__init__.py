"""Official papers: drafted, checked, co-signed, issued, received, archived (公文)."""
