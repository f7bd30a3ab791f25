from urllib.parse import urlsplit

from scrapy.linkextractors import LinkExtractor
from scrapy.spiders import CrawlSpider, Rule

from shop.items import Product


class CatalogueSpider(CrawlSpider):
    name = "catalogue"
    rules = (
        Rule(LinkExtractor(restrict_css="nav")),
        Rule(LinkExtractor(restrict_css="article.product_pod"), callback="parse_product"),
    )

    def __init__(self, site, **arguments):
        super().__init__(**arguments)
        self.allowed_domains = [urlsplit(site).hostname]
        self.start_urls = [f"{site}/index.html"]

    def parse_product(self, response):
        yield Product(
            name=response.css("h1::text").get(),
            price=response.css("p.price::text").get(),
            image_urls=[response.urljoin(src) for src in response.css("img::attr(src)").getall()],
        )
