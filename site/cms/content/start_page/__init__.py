"""An editor's start page: what waits, and what has been waiting for long."""
