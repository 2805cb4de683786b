"""Excel workbooks in and out: nothing that is read is executed, nothing that is written becomes a formula."""
