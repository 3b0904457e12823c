"""The *Health* tab of a child's page."""
