"""Who may act: users, roles as data, and the areas each may see."""
