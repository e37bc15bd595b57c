"""Files that people open: who is let in, and how a file is sent."""
