"""A client that others wrote reads a compound by Open311, from the product's own processes."""

import pytest
from georeport import GeoReport

from compounds.registry.context import compound_context
from consultation.models import Category, Issue
from consultation.steps import Step
from tests.committing import YARD
from tests.factories import IssueFactory


@pytest.mark.parametrize("kind", ["json", "xml"])
def test_georeport_reads_services_and_requests(served, committing, kind):
    with compound_context(YARD):
        numbers = [IssueFactory(step=Step.MEET).number for _n in range(2)]
        codes = [str(pk) for pk in Category.objects.filter(active=True).values_list("pk", flat=True)]
        title = Issue.objects.get(number=numbers[0]).title
    client = GeoReport(f"{served}/c/yard/open311/v2", jurisdiction="yard", output_format=kind)

    services = client.get_service_list()
    definition = client.get_service_definition(codes[0])
    listed = client.get_service_requests(service_request_id=",".join(numbers), status="open")
    one = client.get_service_request(numbers[0])

    assert [service["service_code"] for service in services] == codes
    assert definition["service_code"] == codes[0]
    assert {request["service_request_id"] for request in listed} == set(numbers)
    assert (one["description"], one["status"]) == (title, "open")
