"""The fictional county (虚构县): people, a plan and two years of progress, all labelled as simulated."""
