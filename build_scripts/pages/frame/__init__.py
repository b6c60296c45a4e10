"""What every kind of page is made with: addresses, templates, charts, and links to where a mistake is mended."""
