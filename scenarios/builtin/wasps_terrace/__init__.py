"""Wasps on a garden terrace; `scenario.py` is what is led, the others what it is made of."""
