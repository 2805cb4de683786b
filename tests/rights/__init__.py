"""A package, unlike other folders of tests: its town lives as long as pytest stays in this folder."""
