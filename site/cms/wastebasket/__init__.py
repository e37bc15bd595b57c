"""The wastebasket: pages that were deleted come back as they were, for some days."""
