"""What a child's page says of plans: agreed actions, meetings and their clocks, invitations, advocates.

Reads the record through the same view and the same functions as the rules, so that screen and alert never disagree.
"""
