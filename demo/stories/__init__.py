"""What has happened in the demo's compounds: told in the order of days, through the product's own services."""
