"""Changes of modelsearch."""
