"""What runs Linjuli on one machine: the demo, the tests, single management commands. Never part of a deployment."""
