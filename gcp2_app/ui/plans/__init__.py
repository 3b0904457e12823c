"""The *Plans & meetings* tab of a child's page."""
