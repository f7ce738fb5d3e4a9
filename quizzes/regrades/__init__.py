"""Regrades: answers to a question that was corrected are marked anew, and nothing that was is lost."""
