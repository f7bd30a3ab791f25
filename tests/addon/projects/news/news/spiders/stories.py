from scrapy.spiders import SitemapSpider

from news.items import Story


class StoriesSpider(SitemapSpider):
    name = "stories"
    sitemap_rules = (("/story/", "parse_story"),)
    handle_httpstatus_list = (404,)

    def __init__(self, site, **arguments):
        super().__init__(**arguments)
        self.sitemap_urls = [f"{site}/robots.txt"]

    async def parse_story(self, response):
        yield Story(url=response.url, headline=response.css("h1::text").get(default="none"))
