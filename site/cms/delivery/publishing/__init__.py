"""A published document's life: invalidation, rendering, store, sequence, fallbacks, check."""
