import scrapy


class Product(scrapy.Item):
    name = scrapy.Field()
    price = scrapy.Field()
    number = scrapy.Field()
    image_urls = scrapy.Field()
    images = scrapy.Field()
