"""Drawings for those who hardly read: black lines on white, made of outlines, with no writing in them."""
