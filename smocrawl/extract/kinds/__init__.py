"""What a page is for: article, product, list, start page …, with the evidence."""
