"""What leaves whole: bundle, static mirror, tables, a parallel corpus, open-data description."""
