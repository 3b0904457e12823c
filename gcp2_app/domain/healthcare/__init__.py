"""What a child's page says of health: hospital stays, appointments, attendance, medicines and who was shown them.

Reads the record through the same view and the same functions as the rules. Holds no dose and works none out.
"""
