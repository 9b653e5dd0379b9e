"""Figures with a geometry, computed from the reference modules and the scenarios of their replays; a file a family."""
