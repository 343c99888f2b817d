"""How many queries a page costs, all that middleware asks included."""

from django.db import connection
from django.test.utils import CaptureQueriesContext


def queries_of(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)
