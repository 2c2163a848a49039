"""What the notebook computes, draws and asks; the notebook itself is narrative and calls."""
