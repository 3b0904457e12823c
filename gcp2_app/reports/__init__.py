"""What leaves the program: charts, tagged PDF documents, and their tables and sentences.

Draws and writes domain values. Knows no store, no screen and no clock: the day a document is made on comes in. Heavy
libraries are imported by the modules that draw and write, never here.
"""
