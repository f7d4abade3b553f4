"""The edge: requests become typed calls, results and errors become answers."""
