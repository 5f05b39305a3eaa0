"""Maintenance: publication of a generation, rebuild, health check, backup and restore."""
