"""Where administrators look after webhooks."""
