"""Screens on which administrators look after webhooks."""
