"""Editors and pages generated from declarations: one editor a kind of item, hosted by any dialog or page."""
