"""Pages of this room: rounds, a department's form, the review, pressing, workbooks."""
