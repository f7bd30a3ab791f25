"""Files around a page: feeds, sitemaps, robots.txt, manifests, oEmbed answers and pictures."""
