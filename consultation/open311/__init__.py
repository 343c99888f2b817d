"""Open311 GeoReport v2 (https://wiki.open311.org/GeoReport_v2) of one compound, for clients that speak it already."""
