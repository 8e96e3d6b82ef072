"""What follows an invitation: reminders, corrections, cancellations, and a look at them before."""
