"""Pages of the audit. They stand in the portal because the audit itself lies below users and pages."""
