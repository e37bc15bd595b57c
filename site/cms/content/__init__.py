"""What every page type is made of: base page, blocks, images, links, and their API shape."""
