class Stamp:
    async def process_item(self, item):
        item.stamped = True
        return item
