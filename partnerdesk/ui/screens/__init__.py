"""One module per page of the sidebar, made when it is first opened."""
