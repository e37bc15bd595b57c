"""Mechanisms that several rooms need and no domain owns."""
