"""What of a chart is looked at: layers turned off, and the days it is narrowed to.

A part of the same data comes back, together with what was left out: nothing leaves a chart silently. Knows the data of
charts; nothing of drawing and no clock.

Source: experience.md, screen 6 (layers on/off).
"""
