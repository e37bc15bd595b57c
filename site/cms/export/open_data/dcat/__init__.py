"""The record for data portals, DCAT-AP-SE."""
