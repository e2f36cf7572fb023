"""The geometry of the charts: pure functions from dates and numbers to places on paper. Templates draw them."""
