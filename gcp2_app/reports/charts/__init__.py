"""One module a chart: a pure function from data to a figure, its table twin and its sentence.

The same figure goes on the screen, into a picture file and into a PDF. Positions are in points (1/72 inch).
"""
