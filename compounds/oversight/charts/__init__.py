"""Charts as inline SVG, each with its table behind: ``lines`` day by day, ``bars`` side by side.

Colours come from the style sheets by class, since our policy allows no inline styles; what is told apart by colour is
told apart by filling too, so that a grey print says the same.
"""
