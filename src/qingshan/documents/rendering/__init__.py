"""Templates filled in: DOCX that the bureau can go on editing, PDF that it can print."""
