"""The web server: the chat page, the interfaces for programs, and access control."""
