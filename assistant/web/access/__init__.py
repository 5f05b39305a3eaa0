"""Who may come in: accounts and their roles, logins, tokens for programs, and how often each may ask."""
