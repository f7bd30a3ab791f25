"""Scrapy's edge: the item pipelines, each a thin call of a pure function or of the store."""

from smocrawl.pipelines.reading import Read, ReadPipeline, somebody_reads
from smocrawl.pipelines.storing import StorePipeline

__all__ = ["Read", "ReadPipeline", "StorePipeline", "somebody_reads"]
