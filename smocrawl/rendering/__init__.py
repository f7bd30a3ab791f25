"""Reads a sample of pages a second time after their scripts have run; off unless ``SMO_RENDER`` says otherwise.

Not by scrapy-playwright: its download handler lets Chromium open the connections itself, so that they would pass
neither the gate's resolver nor the limits.  Here Playwright drives a Chromium that can open none; each file that a page
asks for is fetched by the crawl's own downloader and handed in (:mod:`smocrawl.rendering.fetching`).
"""
