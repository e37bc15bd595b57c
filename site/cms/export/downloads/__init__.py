"""The admin's *Export*: jobs, the files that they made, and the room that these take."""
