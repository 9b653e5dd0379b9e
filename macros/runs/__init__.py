"""reference/ recorded, drawn and plotted."""
