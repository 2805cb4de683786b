"""Forms of the review: a finding, its passage, a document, a conflict."""
