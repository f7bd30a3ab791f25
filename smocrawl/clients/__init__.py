"""Many sites, each by its own settings and period: what is due, run side by side, told on one page."""

from smocrawl.clients.client import Client, ClientList
from smocrawl.clients.reading import ClientsError, read_clients

__all__ = ["Client", "ClientList", "ClientsError", "read_clients"]
