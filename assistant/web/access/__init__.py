"""Access control: accounts, login, sessions, tokens, and rate limits."""
