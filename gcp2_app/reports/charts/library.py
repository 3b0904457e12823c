"""What is used of matplotlib, loaded whole by whichever thread asks first; every other waits for it here.

Two threads that each load another part of it would stand in each other's way half-way through, and the import system
then hands out modules that are not finished. Whatever draws takes its names from here.
"""

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager, get_font
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Transform

__all__ = [
    "Affine2D",
    "Artist",
    "FT2Font",
    "Figure",
    "FigureCanvasAgg",
    "FontProperties",
    "Line2D",
    "LoadFlags",
    "Path",
    "PathPatch",
    "RendererAgg",
    "RendererBase",
    "Transform",
    "fontManager",
    "get_font",
    "mpl",
    "to_rgb",
]
