"""The local cloud: starts, wires and stops every part of the system on one machine."""
