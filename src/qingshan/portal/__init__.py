"""Settings, address list, API root, search, history pages, base templates, event wiring. Knows all rooms."""
