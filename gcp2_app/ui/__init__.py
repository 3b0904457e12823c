"""The window. Holds domain values, never rows; asks services through :mod:`gcp2_app.ui.tasks`."""
