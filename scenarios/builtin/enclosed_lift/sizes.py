"""Owns how large the cabins are, whom they carry, and what hangs in them."""

from __future__ import annotations

SIZES = (
    ("lift/bed", 1.80, 2.70, "hôpital, 1,80 × 2,70 m", "hospital, 1.80 × 2.70 m"),
    ("lift/broad", 1.60, 1.80, "public, 1,60 × 1,80 m", "public, 1.60 × 1.80 m"),
    ("lift/office", 1.30, 1.50, "bureaux, 1,30 × 1,50 m", "offices, 1.30 × 1.50 m"),
    ("lift/house", 1.05, 1.25, "immeuble, 1,05 × 1,25 m", "house, 1.05 × 1.25 m"),
    ("lift/narrow", 0.85, 1.00, "étroite, 0,85 × 1,00 m", "narrow, 0.85 × 1.00 m"),
    ("lift/tiny", 0.72, 0.78, "une place, 0,72 × 0,78 m", "for one, 0.72 × 0.78 m"),
)
"""Model, breadth and depth inside in metres, and name of each cabin."""
DOORS_M = (1.30, 1.10, 0.90, 0.80, 0.70, 0.60)
"""How broad the doors of each are."""
CARRIES = ((33, 2500), (13, 1000), (8, 630), (5, 375), (3, 225), (1, 120))
"""How many people each carries, and how many kilogrammes, as a plate in it says."""
IN_CASE = {
    "fr": "EN CAS D'ARRÊT\nGardez le bouton jaune\nenfoncé trois secondes\N{NO-BREAK SPACE}:\n"
    "on vous répond.\nNe forcez pas les portes.",
    "en": "IF THE LIFT STOPS\nHold the yellow button\nfor three seconds:\nsomebody answers.\n"
    "Do not force the doors.",
}
