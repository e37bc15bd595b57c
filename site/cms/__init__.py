"""The project: a headless CMS for a regional development strategy in many languages."""
