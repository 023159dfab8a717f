"""What may leave: owners of texts and numbers, and strangers among them."""
