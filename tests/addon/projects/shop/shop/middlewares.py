"""What a project changes on its way: a header of its own, and items counted where they leave the spider."""


class Basket:
    def process_request(self, request):
        request.headers["X-Basket"] = "empty"


class Numbered:
    async def process_spider_output(self, response, result):
        async for one in result:
            if hasattr(one, "fields"):
                one["number"] = int(response.url.rpartition("-")[2].removesuffix(".html"))
            yield one
