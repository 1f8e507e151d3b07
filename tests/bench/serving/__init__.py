"""The budgets of serving a class: the course beside stock Voilà and Dash, in one run."""
