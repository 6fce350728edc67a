"""Owns a layout by named areas, one map for each size of terminal; knows not what panels show.

A track is a number of cells or a share ("1fr"); "." is an empty place; a child whose id is not on
the map is hidden.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from textual.containers import Container
from textual.geometry import NULL_OFFSET, Region, Size, Spacing
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget


@dataclass(frozen=True)
class AreaMap:
    """Tracks and the map of names, each as text.

    Example:
        >>> AreaMap("1fr 20", "3 1fr", "phase stop\\nladder ladder").regions(Size(80, 24))["stop"]
        Region(x=60, y=0, width=20, height=3)
    """

    columns: str
    rows: str
    areas: str

    @cached_property
    def cells(self) -> list[list[str]]:
        """The map, row by row."""
        return [line.split() for line in self.areas.strip().splitlines()]

    @cached_property
    def names(self) -> frozenset[str]:
        """Every id placed by this map."""
        return frozenset(name for row in self.cells for name in row if name != ".")

    @staticmethod
    def edges(tracks: str, total: int) -> list[int]:
        """Offsets of the tracks' borders; shares divide what fixed tracks leave."""
        parts = tracks.split()
        fixed = sum(int(part) for part in parts if not part.endswith("fr"))
        shares = sum(int(part[:-2]) for part in parts if part.endswith("fr")) or 1
        free, used, edges = max(0, total - fixed), 0, [0]
        for part in parts:
            if part.endswith("fr"):
                before, used = used, used + int(part[:-2])
                size = free * used // shares - free * before // shares
            else:
                size = int(part)
            edges.append(edges[-1] + size)
        return edges

    def regions(self, size: Size) -> dict[str, Region]:
        """The rectangle of each named area at this size."""
        xs, ys = self.edges(self.columns, size.width), self.edges(self.rows, size.height)
        found: dict[str, Region] = {}
        for y, row in enumerate(self.cells):
            for x, name in enumerate(row):
                if name == ".":
                    continue
                cell = Region(xs[x], ys[y], xs[x + 1] - xs[x], ys[y + 1] - ys[y])
                found[name] = found[name].union(cell) if name in found else cell
        return found


class AreaLayout(Layout):
    """Places children by id on an `AreaMap`."""

    name = "areas"

    def __init__(self, area_map: AreaMap) -> None:
        self.map = area_map

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        """Give each named child exactly its area."""
        parent.pre_layout(self)
        regions = self.map.regions(size)
        return [
            WidgetPlacement(regions[child.id], NULL_OFFSET, Spacing(), child)
            for child in children
            if child.id in regions
        ]


class Board(Container):
    """A container laid out by an `AreaMap`.

    Setting `styles.layout` to a layout object looks up its name only; overriding the property is
    what works.
    """

    def __init__(self, area_map: AreaMap, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._areas = AreaLayout(area_map)

    @property
    def layout(self) -> Layout:
        """Always by areas."""
        return self._areas

    @property
    def map(self) -> AreaMap:
        """The map in use."""
        return self._areas.map

    def arrange_by(self, area_map: AreaMap) -> None:
        """Use another map, and hide the children that it does not name."""
        self._areas.map = area_map
        for child in self.children:
            child.display = child.id in area_map.names
        self.refresh(layout=True)
