"""A plain spider that walks a list page by page, and looks at the first page twice."""

import scrapy


class ListSpider(scrapy.Spider):
    name = "list"

    def __init__(self, site, **arguments):
        super().__init__(**arguments)
        self.start_urls = [f"{site}/"]

    def parse(self, response):
        for quote in response.css("div.quote"):
            yield {"text": quote.css("span.text::text").get(), "author": quote.css("small::text").get()}
        if response.css("title::text").get() == "Quotes":
            yield response.follow("/?utm_source=again", self.again, dont_filter=True)
            yield scrapy.FormRequest.from_response(response, formdata={"q": "wit"}, callback=self.again)
        for link in response.css("li.next a"):
            yield response.follow(link)

    def again(self, response):
        yield {"again": response.url.partition("?")[2], "status": response.status}
