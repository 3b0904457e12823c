"""Settings: of this computer through the preferences, of the store through the services."""
