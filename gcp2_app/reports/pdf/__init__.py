"""Tagged PDF documents: headings, paragraphs, lists, tables and figures that a screen reader can walk.

Built to PDF/UA-1 structure; conformance is not claimed. Equal input and date give equal bytes unless encrypted. Nothing
is ever written to disk here.
"""
