"""Recipes that rebuild the weights; never run in CI and never needed to read."""
