"""One widget for each kind of field, and the record editor that is built from them."""
