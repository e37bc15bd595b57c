"""Exports of the whole site: bundle, static mirror, tables, corpus, open-data description."""
