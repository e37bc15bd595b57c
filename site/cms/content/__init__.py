"""The parts of every page type: base page, blocks, images, links, and their API shape."""
