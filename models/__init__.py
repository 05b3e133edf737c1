"""Trained assets, each with its loader and its card."""
