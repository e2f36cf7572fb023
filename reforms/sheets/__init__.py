"""Records as a sheet: exported to CSV, edited in a spreadsheet, and taken back by the rules of the desk."""
