"""What a browser asks before it puts the guide on a home screen: manifest.webmanifest."""

from __future__ import annotations

import json
from pathlib import Path

ICONS = (("icon-192", "192x192", "any"), ("icon-512", "512x512", "any"), ("icon-maskable", "512x512", "maskable"))


def write(name: str, description: str, paper: str, site: Path) -> None:
    """Addresses are relative to the file, so that any base path will do. `paper`: the color behind a page."""
    text = json.dumps(
        {
            "name": name,
            "short_name": name,
            "description": description,
            "id": "./",
            "start_url": "./",
            "scope": "./",
            "display": "minimal-ui",
            "background_color": paper,
            "theme_color": paper,
            "icons": [
                {"src": f"assets/{icon}.png", "sizes": sizes, "type": "image/png", "purpose": purpose}
                for icon, sizes, purpose in ICONS
            ],
        },
        indent=1,
    )
    (site / "manifest.webmanifest").write_text(text + "\n", "utf-8")
