"""The admin's *Export*: jobs, the files that they made, and their disk quota."""
