"""Pages as Lighthouse sees them."""
