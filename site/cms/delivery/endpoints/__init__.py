"""The addresses of the API that read published documents."""
