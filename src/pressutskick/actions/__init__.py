"""What a communicator does: request in, result out.

Gather what comes from outside (the workspace, then the log), decide, act. Everything from outside
comes through the `Workspace` and the `DeliveryLog` that are handed in, so that each action runs in
memory as it does in earnest. Shows nothing and asks nobody: that is for whoever calls.
"""
