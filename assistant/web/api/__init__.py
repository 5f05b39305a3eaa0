"""The interfaces for programs: HTTP, Gradio endpoints and MCP tools."""
