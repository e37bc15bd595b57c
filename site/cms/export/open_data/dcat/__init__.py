"""The catalogue record for data portals, DCAT-AP-SE."""
