"""Use cases, one short class per feature, over the ports in ports.py."""
