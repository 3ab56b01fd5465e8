"""대기열: offers to an agent or the team, looked at before they are taken."""
