"""The public pages. Each module holds the views of one kind of page; a view asks, a template draws."""
